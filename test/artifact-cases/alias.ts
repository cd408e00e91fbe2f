// `@/…`: LibreChat's shared files by the alias that shadcn's documentation uses.
import type { ArtifactCase } from './artifact-case.ts';

export const alias: ArtifactCase[] = [
  {
    name: 'a card with a button, and cn',
    code: `import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { cn } from '@/lib/utils';
export default function App() { const [n, s] = useState(0); return <Card className={cn('p-2', n && 'm-4')}><CardHeader><CardTitle>Alias card</CardTitle></CardHeader><CardContent><Button onClick={() => s(n + 1)}>Pressed {n}</Button></CardContent></Card>; }`,
    steps: [
      ['see', 'Alias card'],
      ['click', 'Pressed 0'],
      ['see', 'Pressed 1'],
    ],
  },
  {
    name: 'tabs',
    code: `import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
export default () => <Tabs defaultValue="one"><TabsList><TabsTrigger value="one">First</TabsTrigger><TabsTrigger value="two">Second</TabsTrigger></TabsList><TabsContent value="one">Content one</TabsContent><TabsContent value="two">Content two</TabsContent></Tabs>;`,
    steps: [
      ['see', 'Content one'],
      ['click', 'Second'],
      ['see', 'Content two'],
    ],
  },
  {
    name: 'a dialog in a portal',
    code: `import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
export default () => <Dialog><DialogTrigger>Open it</DialogTrigger><DialogContent><DialogHeader><DialogTitle>Dialog title</DialogTitle><DialogDescription>Said softly</DialogDescription></DialogHeader></DialogContent></Dialog>;`,
    steps: [
      ['click', 'Open it'],
      ['see', 'Dialog title'],
      ['see', 'Said softly'],
    ],
  },
  {
    name: 'the alias and the relative path: one module',
    code: `import { Button } from '@/components/ui/button';
import { Button as Relative } from './components/ui/button';
import { Button as Rooted } from '/components/ui/button';
export default () => <p>{Button === Relative && Button === Rooted ? 'one module' : 'several modules'}</p>;`,
    steps: [['see', 'one module']],
  },
  {
    name: 'a switch, a label and an input',
    code: `import { useState } from 'react';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
export default function App() { const [on, set] = useState(false); return <div><Label htmlFor="x">Name</Label><Input id="x" defaultValue="Ada" /><Switch aria-label="Light" checked={on} onCheckedChange={set} /><p>Light is {on ? 'on' : 'off'}</p></div>; }`,
    steps: [
      ['see', 'Light is off'],
      ['click', 'Light'],
      ['see', 'Light is on'],
    ],
  },
  {
    name: 'an accordion',
    code: `import { Accordion, AccordionContent, AccordionItem, AccordionTrigger } from '@/components/ui/accordion';
export default () => <Accordion type="single" collapsible><AccordionItem value="a"><AccordionTrigger>Is it open?</AccordionTrigger><AccordionContent>Now it is</AccordionContent></AccordionItem></Accordion>;`,
    steps: [
      ['click', 'Is it open?'],
      ['see', 'Now it is'],
    ],
  },
  {
    name: 'a table, badges and separators',
    code: `import { Badge } from '@/components/ui/badge';
import { Separator } from '@/components/ui/separator';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
const rows = [{ id: 1, s: 'Paid' }, { id: 2, s: 'Due' }] as const;
export default () => <><Table><TableHeader><TableRow><TableHead>Invoice</TableHead></TableRow></TableHeader><TableBody>{rows.map((r) => <TableRow key={r.id}><TableCell>Nr {r.id}</TableCell><TableCell><Badge variant={r.s === 'Paid' ? 'default' : 'outline'}>{r.s}</Badge></TableCell></TableRow>)}</TableBody></Table><Separator /></>;`,
    steps: [
      ['see', 'Nr 2'],
      ['see', 'Due'],
    ],
  },
  {
    name: 'a toast by its hook',
    code: `import { Toaster } from '@/components/ui/toaster';
import { useToast } from '@/components/ui/use-toast';
export default function App() { const { toast } = useToast(); return <div><button onClick={() => toast({ title: 'Saved it', description: 'for later' })}>Save</button><Toaster /></div>; }`,
    steps: [
      ['click', 'Save'],
      ['see', 'Saved it'],
    ],
  },
  {
    name: 'a file of the artifact’s own, in folders',
    files: {
      '/components/stats.tsx':
        "import { Badge } from '@/components/ui/badge';\nimport { total } from '@/lib/total';\nexport const Stats = () => <Badge>Total {total([1, 2, 3])}</Badge>;",
      '/lib/total.ts': 'export const total = (n: number[]) => n.reduce((a, b) => a + b, 0);',
    },
    code: `import { Stats } from '@/components/stats';
export default () => <Stats />;`,
    steps: [['see', 'Total 6']],
  },
  {
    name: 'the alias with src and an extension',
    files: { '/src/data/items.ts': "export const items = ['pen', 'ink'];" },
    code: `import { items } from '@/src/data/items.ts';
import { cn } from '@/lib/utils.ts';
export default () => <p className={cn('a')}>{items.join(' & ')}</p>;`,
    steps: [['see', 'pen & ink']],
  },
  {
    name: 'a lazy part by the alias',
    code: `import { lazy, Suspense } from 'react';
const Alert = lazy(() => import('@/components/ui/alert').then((m) => ({ default: m.AlertTitle })));
export default () => <Suspense fallback="…"><Alert>Lazy alert</Alert></Suspense>;`,
    steps: [['see', 'Lazy alert']],
  },
  {
    name: 'a select, by its keyboard and mouse',
    code: `import { useState } from 'react';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select';
export default function App() { const [v, set] = useState(''); return <div><Select value={v} onValueChange={set}><SelectTrigger aria-label="Fruit"><SelectValue placeholder="Pick fruit" /></SelectTrigger><SelectContent><SelectItem value="fig">Fig</SelectItem><SelectItem value="plum">Plum</SelectItem></SelectContent></Select><p>Value {v || 'none'}</p></div>; }`,
    steps: [
      ['see', 'Value none'],
      ['click', 'Fruit'],
      ['click', 'Plum'],
      ['see', 'Value plum'],
    ],
  },
  {
    name: 'a type of a shared file',
    code: `import { Button, type ButtonProps } from '@/components/ui/button';
const Big = ({ children, ...rest }: ButtonProps) => <Button size="lg" variant="secondary" {...rest}>{children}</Button>;
export default () => <Big type="button">Big button</Big>;`,
    steps: [['see', 'Big button']],
  },
];

import { useState, type DragEvent, type FormEvent } from 'react';
import { ChevronRight, CircleDashed, CircleDot, CheckCircle2, GripVertical, Plus, Trash2 } from 'lucide-react';

type Column = 'todo' | 'doing' | 'done';
type Task = { id: number; title: string; tag: string; column: Column };

const columns: { id: Column; title: string; icon: typeof CircleDot; tint: string }[] = [
  { id: 'todo', title: 'To do', icon: CircleDashed, tint: 'text-slate-400' },
  { id: 'doing', title: 'In progress', icon: CircleDot, tint: 'text-amber-500' },
  { id: 'done', title: 'Done', icon: CheckCircle2, tint: 'text-emerald-500' },
];

const tagColours: Record<string, string> = {
  Design: 'bg-pink-100 text-pink-800 dark:bg-pink-900/50 dark:text-pink-200',
  Build: 'bg-sky-100 text-sky-800 dark:bg-sky-900/50 dark:text-sky-200',
  Words: 'bg-violet-100 text-violet-800 dark:bg-violet-900/50 dark:text-violet-200',
};

const firstTasks: Task[] = [
  { id: 1, title: 'Sketch the exhibition map', tag: 'Design', column: 'todo' },
  { id: 2, title: 'Write the wall texts', tag: 'Words', column: 'todo' },
  { id: 3, title: 'Hang the paper lanterns', tag: 'Build', column: 'todo' },
  { id: 4, title: 'Choose the typeface', tag: 'Design', column: 'doing' },
  { id: 5, title: 'Build the plinths', tag: 'Build', column: 'doing' },
  { id: 6, title: 'Invite the neighbours', tag: 'Words', column: 'done' },
];

export default function App() {
  const [tasks, setTasks] = useState(firstTasks);
  const [draft, setDraft] = useState('');
  const [over, setOver] = useState<Column | null>(null);

  const move = (id: number, column: Column) => setTasks((all) => all.map((task) => (task.id === id ? { ...task, column } : task)));
  const next = (column: Column): Column => (column === 'todo' ? 'doing' : 'done');

  const drop = (event: DragEvent, column: Column) => {
    event.preventDefault();
    setOver(null);
    move(Number(event.dataTransfer.getData('text/plain')), column);
  };

  const addTask = (event: FormEvent) => {
    event.preventDefault();
    if (!draft.trim()) return;
    const tags = Object.keys(tagColours);
    setTasks([...tasks, { id: Date.now(), title: draft.trim(), tag: tags[tasks.length % tags.length], column: 'todo' }]);
    setDraft('');
  };

  const done = tasks.filter((task) => task.column === 'done').length;

  return (
    <div className="min-h-screen bg-slate-100 p-5 text-slate-900 dark:bg-slate-950 dark:text-slate-100">
      <div className="mx-auto max-w-5xl">
        <header className="mb-5 flex flex-wrap items-center justify-between gap-3">
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Summer exhibition</h1>
            <p className="text-sm text-slate-500" data-testid="progress">{done} of {tasks.length} done</p>
          </div>
          <form onSubmit={addTask} className="flex gap-2">
            <input value={draft} onChange={(event) => setDraft(event.target.value)} placeholder="Add a task" aria-label="New task" className="w-48 rounded-lg border border-slate-300 bg-white px-3 py-2 text-sm outline-none focus:ring-2 focus:ring-indigo-500 dark:border-slate-700 dark:bg-slate-900" />
            <button type="submit" aria-label="Add" className="rounded-lg bg-indigo-600 px-3 text-white hover:bg-indigo-500"><Plus className="h-4 w-4" /></button>
          </form>
        </header>
        <div className="mb-5 h-1.5 overflow-hidden rounded-full bg-slate-200 dark:bg-slate-800">
          <div className="h-full rounded-full bg-emerald-500 transition-all" style={{ width: `${(done / tasks.length) * 100}%` }} />
        </div>
        <div className="grid gap-4 sm:grid-cols-3">
          {columns.map((column) => {
            const cards = tasks.filter((task) => task.column === column.id);
            return (
              <section
                key={column.id}
                onDragOver={(event) => { event.preventDefault(); setOver(column.id); }}
                onDragLeave={() => setOver(null)}
                onDrop={(event) => drop(event, column.id)}
                className={`rounded-2xl p-3 transition-colors ${over === column.id ? 'bg-indigo-100 dark:bg-indigo-950' : 'bg-slate-200/60 dark:bg-slate-900'}`}
              >
                <h2 className="mb-3 flex items-center gap-2 px-1 text-sm font-medium">
                  <column.icon className={`h-4 w-4 ${column.tint}`} />
                  {column.title}
                  <span className="ml-auto rounded-full bg-white px-2 text-xs text-slate-500 dark:bg-slate-800">{cards.length}</span>
                </h2>
                <ul className="space-y-2">
                  {cards.map((task) => (
                    <li key={task.id} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', String(task.id))} className="group cursor-grab rounded-xl bg-white p-3 shadow-sm active:cursor-grabbing dark:bg-slate-800">
                      <div className="flex items-start gap-1">
                        <GripVertical className="mt-0.5 h-4 w-4 shrink-0 text-slate-300" />
                        <span className={`flex-1 text-sm ${task.column === 'done' ? 'text-slate-400 line-through' : ''}`}>{task.title}</span>
                      </div>
                      <div className="mt-2 flex items-center justify-between pl-5">
                        <span className={`rounded px-1.5 py-0.5 text-xs ${tagColours[task.tag]}`}>{task.tag}</span>
                        {task.column === 'done' ? (
                          <button type="button" aria-label={`Delete ${task.title}`} onClick={() => setTasks(tasks.filter((other) => other.id !== task.id))} className="text-slate-400 hover:text-rose-500"><Trash2 className="h-4 w-4" /></button>
                        ) : (
                          <button type="button" data-testid={task.id === 1 ? 'action' : undefined} onClick={() => move(task.id, next(task.column))} className="flex items-center text-xs text-indigo-600 hover:underline dark:text-indigo-400">
                            {task.column === 'todo' ? 'Start' : 'Finish'} <ChevronRight className="h-3.5 w-3.5" />
                          </button>
                        )}
                      </div>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      </div>
    </div>
  );
}

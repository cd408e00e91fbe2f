// Tables, drag and drop, and other widgets.
import type { PackageCase } from './package-case.ts';

export const widgets: PackageCase[] = [
  {
    name: '@tanstack/react-table',
    dependencies: { '@tanstack/react-table': '^8.20.0', '@tanstack/react-virtual': '^3.10.0' },
    code: `import { createColumnHelper, flexRender, getCoreRowModel, getSortedRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
const h = createColumnHelper();
const columns = [h.accessor('n', { header: 'N' })];
const data = [{ n: 3 }, { n: 1 }, { n: 2 }];
export default function App() {
  const t = useReactTable({ columns, data, state: { sorting: [{ id: 'n', desc: false }] }, getCoreRowModel: getCoreRowModel(), getSortedRowModel: getSortedRowModel() });
  return <p id="out" title={typeof useVirtualizer}>{t.getRowModel().rows.flatMap((r) => r.getVisibleCells().map((c) => <i key={c.id}>{flexRender(c.column.columnDef.cell, c.getContext())}</i>))}</p>;
}`,
    shows: { text: '123' },
  },
  {
    name: 'ag-grid',
    dependencies: { 'ag-grid-community': '^32.2.0', 'ag-grid-react': '^32.2.0' },
    code: `import { AgGridReact } from 'ag-grid-react';
import 'ag-grid-community/styles/ag-grid.css';
import 'ag-grid-community/styles/ag-theme-quartz.css';
export default () => <div className="ag-theme-quartz" style={{ width: 400, height: 300 }}><AgGridReact rowData={[{ a: 'cell one' }]} columnDefs={[{ field: 'a' }]} /></div>;`,
    shows: { in: '.ag-cell', text: 'cell one' },
  },
  {
    name: '@dnd-kit',
    dependencies: {
      '@dnd-kit/core': '^6.1.0',
      '@dnd-kit/sortable': '^8.0.0',
      '@dnd-kit/utilities': '^3.2.0',
    },
    code: `import { DndContext } from '@dnd-kit/core';
import { SortableContext, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
function Item({ id }) { const s = useSortable({ id }); return <li ref={s.setNodeRef} style={{ transform: CSS.Transform.toString(s.transform) }} {...s.attributes} {...s.listeners}>{id}</li>; }
export default () => <DndContext><SortableContext items={['a', 'b']}><Item id="a" /><Item id="b" /></SortableContext></DndContext>;`,
    shows: { in: 'li[aria-roledescription=sortable]', count: 2 },
  },
  {
    name: 'react-dnd',
    dependencies: { 'react-dnd': '^16.0.1', 'react-dnd-html5-backend': '^16.0.1' },
    code: `import { DndProvider, useDrag } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
function Item() { const [, ref] = useDrag(() => ({ type: 'x', item: {} })); return <p id="out" ref={ref}>drag me</p>; }
export default () => <DndProvider backend={HTML5Backend}><Item /></DndProvider>;`,
    shows: { in: '#out[draggable=true]', text: 'drag me' },
  },
  {
    name: '@hello-pangea/dnd',
    dependencies: { '@hello-pangea/dnd': '^17.0.0' },
    code: `import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
export default () => <DragDropContext onDragEnd={() => {}}><Droppable droppableId="d">{(p) => <ul ref={p.innerRef} {...p.droppableProps}><Draggable draggableId="i" index={0}>{(q) => <li ref={q.innerRef} {...q.draggableProps} {...q.dragHandleProps}>item</li>}</Draggable>{p.placeholder}</ul>}</Droppable></DragDropContext>;`,
    shows: { in: 'li[data-rfd-draggable-id=i]', text: 'item' },
  },
  {
    name: 'sortablejs',
    dependencies: { sortablejs: '^1.15.0', 'react-sortablejs': '^6.1.4' },
    code: `import { useState } from 'react';
import Sortable from 'sortablejs';
import { ReactSortable } from 'react-sortablejs';
export default function App() { const [l, set] = useState([{ id: 1 }, { id: 2 }]); return <ReactSortable list={l} setList={set}>{l.map((i) => <p key={i.id} title={typeof Sortable.create}>i{i.id}</p>)}</ReactSortable>; }`,
    shows: { in: 'p[draggable=false][title=function], p[title=function]', count: 2 },
  },
  {
    name: 'react-grid-layout',
    dependencies: { 'react-grid-layout': '^1.5.0', 'react-draggable': '^4.4.6', 'react-rnd': '^10.4.0' },
    code: `import GridLayout, { WidthProvider } from 'react-grid-layout';
import 'react-grid-layout/css/styles.css';
import 'react-resizable/css/styles.css';
import Draggable, { DraggableCore } from 'react-draggable';
import { Rnd } from 'react-rnd';
export default () => <><GridLayout layout={[{ i: 'a', x: 0, y: 0, w: 1, h: 2 }]} cols={12} rowHeight={30} width={400}><div key="a" title={typeof WidthProvider + typeof DraggableCore}>a</div></GridLayout><Draggable><p id="out">d</p></Draggable><Rnd>r</Rnd></>;`,
    shows: { in: '.react-grid-item', style: ['position', 'absolute'] },
  },
  {
    name: 'react-select',
    dependencies: { 'react-select': '^5.8.0' },
    code: `import Select from 'react-select';
import Creatable from 'react-select/creatable';
export default () => <><Select options={[{ value: 1, label: 'One' }]} defaultMenuIsOpen classNamePrefix="s" /><Creatable /></>;`,
    shows: { in: '.s__option', text: 'One' },
  },
  {
    name: 'react-window',
    dependencies: { 'react-window': '^1.8.10', 'react-virtuoso': '^4.10.0' },
    code: `import { FixedSizeList } from 'react-window';
import { Virtuoso } from 'react-virtuoso';
export default () => <><FixedSizeList height={100} width={200} itemCount={1000} itemSize={20}>{({ index, style }) => <p className="row" style={style}>row {index}</p>}</FixedSizeList><Virtuoso style={{ height: 100 }} totalCount={1000} itemContent={(i) => <p className="row">item {i}</p>} /></>;`,
    shows: { in: '.row', count: 8, text: 'row 0' },
  },
  {
    name: 'toasts',
    dependencies: { 'react-toastify': '^10.0.0', sonner: '^1.5.0', 'react-hot-toast': '^2.4.0' },
    code: `import { useEffect } from 'react';
import { ToastContainer, toast } from 'react-toastify';
import 'react-toastify/dist/ReactToastify.css';
import { Toaster, toast as sonner } from 'sonner';
import hot, { Toaster as HotToaster } from 'react-hot-toast';
export default function App() {
  useEffect(() => { setTimeout(() => { toast('first'); sonner('second'); hot('third'); }, 100); }, []);
  return <div id="out"><ToastContainer /><Toaster /><HotToaster /></div>;
}`,
    shows: { in: 'body', text: /(?=[\s\S]*first)(?=[\s\S]*second)(?=[\s\S]*third)/ },
  },
  {
    name: 'react-dropzone',
    dependencies: { 'react-dropzone': '^14.2.0' },
    code: `import { useDropzone } from 'react-dropzone';
export default function App() { const { getRootProps, getInputProps } = useDropzone(); return <div {...getRootProps()}><input {...getInputProps()} /><p id="out">drop here</p></div>; }`,
    shows: { in: 'div[role=presentation] input[type=file]', count: 1 },
  },
  {
    name: 'swiper',
    dependencies: { swiper: '^11.1.0' },
    code: `import { Swiper, SwiperSlide } from 'swiper/react';
import { Navigation } from 'swiper/modules';
import 'swiper/css';
import 'swiper/css/navigation';
export default () => <Swiper modules={[Navigation]} navigation style={{ width: 300 }}><SwiperSlide>one</SwiperSlide><SwiperSlide>two</SwiperSlide></Swiper>;`,
    shows: { in: '.swiper-slide-active', text: 'one', style: ['flex-shrink', '0'] },
  },
  {
    name: 'slick-carousel',
    dependencies: { 'react-slick': '^0.30.0', 'slick-carousel': '^1.8.1' },
    code: `import Slider from 'react-slick';
import 'slick-carousel/slick/slick.css';
import 'slick-carousel/slick/slick-theme.css';
export default () => <div style={{ width: 300 }}><Slider dots><p>one</p><p>two</p></Slider></div>;`,
    shows: { in: '.slick-active p', text: 'one' },
  },
  {
    name: 'react-datepicker',
    dependencies: { 'react-datepicker': '^7.4.0' },
    code: `import DatePicker from 'react-datepicker';
import 'react-datepicker/dist/react-datepicker.css';
export default () => <DatePicker inline selected={new Date(2024, 1, 10)} />;`,
    shows: { in: '.react-datepicker__current-month', text: 'February 2024' },
  },
  {
    name: 'react-colorful',
    dependencies: { 'react-colorful': '^5.6.0', 'react-color': '^2.19.3' },
    code: `import { HexColorPicker } from 'react-colorful';
import { SketchPicker } from 'react-color';
export default () => <><HexColorPicker color="#f00" /><SketchPicker color="#0f0" /></>;`,
    shows: { in: '.react-colorful__saturation, .sketch-picker', count: 2 },
  },
  {
    name: '@floating-ui/react',
    dependencies: {
      '@floating-ui/react': '^0.26.0',
      '@popperjs/core': '^2.11.8',
      '@tippyjs/react': '^4.2.6',
      'tippy.js': '^6.3.7',
    },
    code: `import { offset, useFloating } from '@floating-ui/react';
import { createPopper } from '@popperjs/core';
import Tippy from '@tippyjs/react';
import 'tippy.js/dist/tippy.css';
export default function App() { const { refs, floatingStyles } = useFloating({ open: true, middleware: [offset(10)] }); return <><button ref={refs.setReference} title={typeof createPopper}>b</button><Tippy content="tip" visible><i>x</i></Tippy><p id="out" ref={refs.setFloating} style={floatingStyles}>float</p></>; }`,
    shows: { in: '.tippy-box', text: 'tip' },
  },
  {
    name: 'react hooks',
    dependencies: {
      'react-use': '^17.5.0',
      'usehooks-ts': '^3.1.0',
      ahooks: '^3.8.0',
      'use-debounce': '^10.0.0',
      'react-intersection-observer': '^9.13.0',
      'react-error-boundary': '^4.1.0',
    },
    code: `import { useToggle } from 'react-use';
import { useLocalStorage } from 'usehooks-ts';
import { useCounter } from 'ahooks';
import { useDebounce } from 'use-debounce';
import { useInView } from 'react-intersection-observer';
import { ErrorBoundary } from 'react-error-boundary';
function Hooks() {
  const [on] = useToggle(true);
  const [stored] = useLocalStorage('a', 'kept');
  const [n] = useCounter(5);
  const [late] = useDebounce('late', 10);
  const { ref, inView } = useInView();
  return <p id="out" ref={ref}>{String(on)} {stored} {n} {late} {String(inView)}</p>;
}
export default () => <ErrorBoundary fallback={<i>caught</i>}><Hooks /></ErrorBoundary>;`,
    shows: { text: 'true kept 5 late true' },
  },
  {
    name: 'react-modal',
    dependencies: {
      'react-modal': '^3.16.0',
      'react-tooltip': '^5.28.0',
      'react-tabs': '^6.0.0',
      'react-helmet-async': '^2.0.0',
    },
    code: `import Modal from 'react-modal';
import { Tooltip } from 'react-tooltip';
import { Tab, TabList, TabPanel, Tabs } from 'react-tabs';
import { Helmet, HelmetProvider } from 'react-helmet-async';
export default () => <HelmetProvider><Helmet><title>titled</title></Helmet><Tooltip id="t" /><Tabs><TabList><Tab>1</Tab></TabList><TabPanel>panel</TabPanel></Tabs><Modal isOpen ariaHideApp={false}><p id="out">in a modal</p></Modal></HelmetProvider>;`,
    shows: { text: 'in a modal' },
  },
  {
    name: 'i18next',
    dependencies: {
      i18next: '^23.15.0',
      'react-i18next': '^15.0.0',
      'i18next-browser-languagedetector': '^8.0.0',
    },
    code: `import i18n from 'i18next';
import LanguageDetector from 'i18next-browser-languagedetector';
import { initReactI18next, useTranslation } from 'react-i18next';
i18n.use(LanguageDetector).use(initReactI18next).init({ lng: 'de', resources: { de: { translation: { hi: 'Hallo {{name}}' } } } });
export default function App() { const { t } = useTranslation(); return <p id="out">{t('hi', { name: 'Eva' })}</p>; }`,
    shows: { text: 'Hallo Eva' },
  },
  {
    name: 'react-intl',
    dependencies: { 'react-intl': '^6.8.0' },
    code: `import { FormattedMessage, FormattedNumber, IntlProvider } from 'react-intl';
export default () => <IntlProvider locale="en" messages={{ n: '{n, plural, one {# cat} other {# cats}}' }}><p id="out"><FormattedMessage id="n" values={{ n: 3 }} /> <FormattedNumber value={1234} /></p></IntlProvider>;`,
    shows: { text: '3 cats 1,234' },
  },
];

// State managers, routers and forms.
import type { PackageCase } from './package-case.ts';

const counter = { press: 'button', text: 'count 2' };

export const state: PackageCase[] = [
  {
    name: 'zustand',
    dependencies: { zustand: '^5.0.0' },
    code: `import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { useShallow } from 'zustand/react/shallow';
const useStore = create(persist((set) => ({ n: 1, inc: () => set((s) => ({ n: s.n + 1 })) }), { name: 'store' }));
export default function App() {
  const { n, inc } = useStore(useShallow((s) => ({ n: s.n, inc: s.inc })));
  return <><button onClick={inc}>+</button><p id="out">count {n}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'redux',
    dependencies: { '@reduxjs/toolkit': '^2.0.0', 'react-redux': '^9.0.0', redux: '^5.0.0' },
    code: `import { configureStore, createSlice } from '@reduxjs/toolkit';
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query/react';
import { Provider, useDispatch, useSelector } from 'react-redux';
import { combineReducers } from 'redux';
const slice = createSlice({ name: 'n', initialState: { value: 1 }, reducers: { inc: (s) => { s.value += 1; } } });
const api = createApi({ baseQuery: fakeBaseQuery(), endpoints: (b) => ({ hi: b.query({ queryFn: () => ({ data: 'count' }) }) }) });
const store = configureStore({ reducer: combineReducers({ n: slice.reducer, [api.reducerPath]: api.reducer }), middleware: (d) => d().concat(api.middleware) });
function Counter() {
  const value = useSelector((s) => s.n.value);
  const dispatch = useDispatch();
  const { data } = api.useHiQuery();
  return <><button onClick={() => dispatch(slice.actions.inc())}>+</button><p id="out">{data} {value}</p></>;
}
export default () => <Provider store={store}><Counter /></Provider>;`,
    shows: counter,
  },
  {
    name: 'jotai',
    dependencies: { jotai: '^2.0.0' },
    code: `import { atom, useAtom, useAtomValue } from 'jotai';
import { atomWithStorage } from 'jotai/utils';
const n = atomWithStorage('n', 1);
const text = atom((get) => 'count ' + get(n));
export default function App() {
  const [, set] = useAtom(n);
  return <><button onClick={() => set((c) => c + 1)}>+</button><p id="out">{useAtomValue(text)}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'recoil',
    dependencies: { recoil: '^0.7.7' },
    code: `import { RecoilRoot, atom, selector, useRecoilState, useRecoilValue } from 'recoil';
const n = atom({ key: 'n', default: 1 });
const text = selector({ key: 'text', get: ({ get }) => 'count ' + get(n) });
function Counter() {
  const [, set] = useRecoilState(n);
  return <><button onClick={() => set((c) => c + 1)}>+</button><p id="out">{useRecoilValue(text)}</p></>;
}
export default () => <RecoilRoot><Counter /></RecoilRoot>;`,
    shows: counter,
  },
  {
    name: 'mobx',
    dependencies: { mobx: '^6.0.0', 'mobx-react-lite': '^4.0.0' },
    code: `import { makeAutoObservable } from 'mobx';
import { observer } from 'mobx-react-lite';
class Store { n = 1; constructor() { makeAutoObservable(this); } inc() { this.n += 1; } get text() { return 'count ' + this.n; } }
const store = new Store();
export default observer(() => <><button onClick={() => store.inc()}>+</button><p id="out">{store.text}</p></>);`,
    shows: counter,
  },
  {
    name: 'valtio',
    dependencies: { valtio: '^2.0.0' },
    code: `import { proxy, useSnapshot } from 'valtio';
import { subscribeKey } from 'valtio/utils';
const state = proxy({ n: 1, seen: '' });
subscribeKey(state, 'n', (n) => { state.seen = 'count ' + n; });
export default function App() {
  return <><button onClick={() => state.n++}>+</button><p id="out">{useSnapshot(state).seen}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'xstate',
    dependencies: { xstate: '^5.0.0', '@xstate/react': '^5.0.0' },
    code: `import { assign, createMachine } from 'xstate';
import { useMachine } from '@xstate/react';
const machine = createMachine({ context: { n: 1 }, on: { INC: { actions: assign({ n: ({ context }) => context.n + 1 }) } } });
export default function App() {
  const [s, send] = useMachine(machine);
  return <><button onClick={() => send({ type: 'INC' })}>+</button><p id="out">count {s.context.n}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'immer',
    dependencies: { immer: '^10.0.0', 'use-immer': '^0.11.0' },
    code: `import { produce } from 'immer';
import { useImmer } from 'use-immer';
const base = produce({ deep: { n: 0 } }, (d) => { d.deep.n = 1; });
export default function App() {
  const [s, update] = useImmer(base);
  return <><button onClick={() => update((d) => { d.deep.n += 1; })}>+</button><p id="out">count {s.deep.n}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'nanostores',
    dependencies: { nanostores: '^1.0.0', '@nanostores/react': '^1.0.0' },
    code: `import { atom, computed } from 'nanostores';
import { useStore } from '@nanostores/react';
const n = atom(1);
const text = computed(n, (v) => 'count ' + v);
export default function App() {
  return <><button onClick={() => n.set(n.get() + 1)}>+</button><p id="out">{useStore(text)}</p></>;
}`,
    shows: counter,
  },
  {
    name: 'rxjs',
    dependencies: { rxjs: '^7.0.0' },
    code: `import { useEffect, useState } from 'react';
import { from, lastValueFrom } from 'rxjs';
import { map, reduce } from 'rxjs/operators';
import { ajax } from 'rxjs/ajax';
export default function App() {
  const [v, set] = useState('');
  useEffect(() => { lastValueFrom(from([1, 2, 3]).pipe(map((x) => x * 2), reduce((a, b) => a + b))).then((s) => set(s + typeof ajax)); }, []);
  return <p id="out">{v}</p>;
}`,
    shows: { text: '12function' },
  },
  {
    name: 'react-router 7',
    dependencies: { 'react-router': '^7.0.0', 'react-router-dom': '^7.0.0' },
    code: `import { Link, MemoryRouter, Route, Routes, useParams } from 'react-router';
import { useLocation } from 'react-router-dom';
const Item = () => <p id="out">item {useParams().id} {useLocation().pathname}</p>;
export default () => <MemoryRouter><Link to="/item/7">go</Link><Routes><Route path="/" element={<i />} /><Route path="/item/:id" element={<Item />} /></Routes></MemoryRouter>;`,
    shows: { press: 'a', text: 'item 7 /item/7' },
  },
  {
    name: 'wouter',
    dependencies: { wouter: '^3.0.0' },
    code: `import { Route, Router, Switch } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
const { hook } = memoryLocation({ path: '/users/4' });
export default () => <Router hook={hook}><Switch><Route path="/users/:id">{(p) => <p id="out">user {p.id}</p>}</Route></Switch></Router>;`,
    shows: { text: 'user 4' },
  },
  {
    name: 'react-hook-form',
    dependencies: { 'react-hook-form': '^7.0.0', zod: '^3.23.0', '@hookform/resolvers': '^3.9.0' },
    code: `import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { z } from 'zod';
const schema = z.object({ name: z.string().min(3, 'too short') });
export default function App() {
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: zodResolver(schema), defaultValues: { name: 'x' } });
  return <form onSubmit={handleSubmit(() => {})}><input {...register('name')} /><button>ok</button><p id="out">{errors.name?.message}</p></form>;
}`,
    shows: { press: 'button', text: 'too short' },
  },
  {
    name: 'formik + yup',
    dependencies: { formik: '^2.4.0', yup: '^1.4.0' },
    code: `import { ErrorMessage, Field, Form, Formik } from 'formik';
import * as Yup from 'yup';
const schema = Yup.object({ mail: Yup.string().email('not a mail').required() });
export default () => <Formik initialValues={{ mail: 'x' }} validationSchema={schema} onSubmit={() => {}}>
  <Form><Field name="mail" /><button type="submit">ok</button><p id="out"><ErrorMessage name="mail" /></p></Form></Formik>;`,
    shows: { press: 'button', text: 'not a mail' },
  },
];

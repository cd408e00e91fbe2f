import { expect, it } from 'vitest';
import { ownReact } from './own-react.ts';

it.each([
  ['https://esm.sh/react', 'react'],
  ['https://esm.sh/react@18.2.0', 'react'],
  ['https://cdn.esm.sh/v135/react@18.2.0/jsx-runtime', 'react/jsx-runtime'],
  ['https://esm.sh/react-dom@19&dev/client', 'react-dom/client'],
  ['https://esm.sh/react-dom@18/client?external=react', 'react-dom/client'],
])('%s is the page’s %s', (address, specifier) => {
  expect(ownReact(address)).toEqual({ specifier });
});

it.each([
  ['https://esm.sh/swr', 'external=react%2Creact-dom'],
  ['https://esm.sh/swr?deps=react@18.2.0', 'deps=react%4018.2.0&external=react%2Creact-dom'],
  ['https://esm.sh/*swr?external=react', 'external=react&external=react-dom'],
  ['https://esm.sh/react-use@17/lib/useToggle', 'external=react%2Creact-dom'],
])('%s leaves React to the page', (address, search) => {
  expect(ownReact(address)).toEqual({ url: `${address.split('?')[0]}?${search}` });
});

it('leaves an address alone that says so already', () => {
  const url = 'https://esm.sh/swr?external=react,react-dom';
  expect(ownReact(url)).toEqual({ url });
});

it.each(['https://cdn.skypack.dev/react', 'https://esm.sh/-/esm/2/a@1.0.0/index.js', 'react', '/a.js'])(
  '%s is none of its addresses',
  (address) => {
    expect(ownReact(address)).toBeUndefined();
  },
);

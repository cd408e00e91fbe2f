// Small frameworks, web components and what belongs to larger frameworks.
import { computesWith, type PageCase, writePage } from './page-case.ts';

export const components: PageCase[] = [
  {
    name: 'Lit, its bundle on GitHub',
    html: writePage(
      '',
      `<simple-greeting name="World"></simple-greeting>
<script type="module">
import { LitElement, html, css } from 'https://cdn.jsdelivr.net/gh/lit/dist@3/core/lit-core.min.js';
class SimpleGreeting extends LitElement {
  static properties = { name: {} };
  createRenderRoot() { return this; }
  render() { return html\`<p id="out">Hello, \${this.name}!</p>\`; }
}
customElements.define('simple-greeting', SimpleGreeting);
</script>`,
    ),
    shows: { text: 'Hello, World!' },
  },
  {
    name: 'Lit, its bundle of all with directives',
    html: writePage(
      '',
      `<todo-list></todo-list>
<script type="module">
import { LitElement, html, repeat, styleMap } from 'https://cdn.jsdelivr.net/gh/lit/dist@3/all/lit-all.min.js';
customElements.define('todo-list', class extends LitElement {
  createRenderRoot() { return this; }
  render() {
    const items = [{ id: 1, text: 'Write' }, { id: 2, text: 'Test' }];
    return html\`<ul style=\${styleMap({ color: 'rgb(1, 2, 3)' })}>\${repeat(items, i => i.id, i => html\`<li>\${i.text}</li>\`)}</ul>\`;
  }
});
</script>`,
    ),
    shows: { in: 'todo-list li', count: 2, style: ['color', 'rgb(1, 2, 3)'] },
  },
  {
    name: 'Lit from jsDelivr +esm',
    html: writePage(
      '',
      `<my-counter></my-counter>
<script type="module">
import { LitElement, html } from 'https://cdn.jsdelivr.net/npm/lit@3.1.0/+esm';
import { classMap } from 'https://cdn.jsdelivr.net/npm/lit@3.1.0/directives/class-map.js/+esm';
class MyCounter extends LitElement {
  static properties = { count: { state: true } };
  constructor() { super(); this.count = 0; }
  createRenderRoot() { return this; }
  render() { return html\`<button id="out" class=\${classMap({ on: this.count > 0 })} @click=\${() => this.count++}>Clicked \${this.count}</button>\`; }
}
customElements.define('my-counter', MyCounter);
</script>`,
    ),
    shows: { press: '#out', in: '#out.on', text: /Clicked [1-9]/ },
  },
  {
    name: 'Preact and htm by an import map',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "preact": "https://esm.sh/preact@10.23.1",
    "preact/": "https://esm.sh/preact@10.23.1/",
    "htm/preact": "https://esm.sh/htm@3.1.1/preact?external=preact",
    "@preact/signals": "https://esm.sh/@preact/signals@1.3.0?external=preact"
  }
}
</script>`,
      `<div id="app"></div>
<script type="module">
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { signal, computed } from '@preact/signals';
import { html } from 'htm/preact';
const count = signal(1);
const double = computed(() => count.value * 2);
function App() {
  const [name] = useState('Ada');
  return html\`<button id="out" onClick=\${() => count.value++}>\${name}: \${double}</button>\`;
}
render(html\`<\${App} />\`, document.getElementById('app'));
</script>`,
    ),
    shows: { press: '#out', text: /Ada: ([4-9]|\d\d)/ },
  },
  {
    name: 'Preact and htm as classic scripts',
    html: writePage(
      `<script src="https://unpkg.com/preact@10/dist/preact.umd.js"></script>
<script src="https://unpkg.com/preact@10/hooks/dist/hooks.umd.js"></script>
<script src="https://unpkg.com/htm@3/dist/htm.umd.js"></script>`,
      `<div id="app"></div>
<script>
const html = htm.bind(preact.h);
function App() {
  const [n, setN] = preactHooks.useState(5);
  preactHooks.useEffect(() => { setN(6); }, []);
  return html\`<p id="out">n is \${n}</p>\`;
}
preact.render(html\`<\${App} />\`, document.getElementById('app'));
</script>`,
    ),
    shows: { text: 'n is 6' },
  },
  {
    name: 'petite-vue, started by its own attribute',
    html: writePage(
      '<script src="https://unpkg.com/petite-vue" defer init></script>',
      `<div v-scope="{ count: 0 }"><button id="out" @click="count++">Count is {{ count }}</button></div>`,
    ),
    shows: { press: '#out', text: /Count is [1-9]/ },
  },
  {
    name: 'Solid without a compiler',
    html: writePage(
      '',
      `<div id="app"></div>
<script type="module">
import { createSignal, onMount } from 'https://esm.sh/solid-js@1.8.7';
import { render } from 'https://esm.sh/solid-js@1.8.7/web';
import html from 'https://esm.sh/solid-js@1.8.7/html';
const App = () => {
  const [count, setCount] = createSignal(1);
  onMount(() => setCount(41));
  return html\`<button id="out" onClick=\${() => setCount(count() + 1)}>Solid \${count}</button>\`;
};
render(App, document.getElementById('app'));
</script>`,
    ),
    shows: { press: '#out', text: /Solid 4[2-9]/ },
  },
  {
    name: 'Alpine plug-ins before Alpine',
    html: writePage(
      `<script defer src="https://cdn.jsdelivr.net/npm/@alpinejs/mask@3.x.x/dist/cdn.min.js"></script>
<script defer src="https://cdn.jsdelivr.net/npm/@alpinejs/persist@3.x.x/dist/cdn.min.js"></script>
<script defer src="https://cdn.jsdelivr.net/npm/@alpinejs/collapse@3.x.x/dist/cdn.min.js"></script>
<script defer src="https://cdn.jsdelivr.net/npm/@alpinejs/focus@3.x.x/dist/cdn.min.js"></script>
<script defer src="https://cdn.jsdelivr.net/npm/alpinejs@3.x.x/dist/cdn.min.js"></script>`,
      `<div x-data="{ open: false, times: $persist(0) }">
  <button id="toggle" @click="open = true; times++">Open</button>
  <p id="out" x-show="open" x-collapse x-text="'opened ' + times"></p>
  <input x-mask="99/99/9999">
</div>`,
    ),
    shows: { press: '#toggle', text: /opened [1-9]/, style: ['display', 'block'] },
  },
  {
    name: 'Alpine from unpkg with a store',
    html: writePage(
      `<script>
document.addEventListener('alpine:init', () => {
  Alpine.store('cart', { items: ['a', 'b'], get total() { return this.items.length; } });
});
</script>
<script src="https://unpkg.com/alpinejs" defer></script>`,
      '<p id="out" x-data x-text="$store.cart.total + \' items\'"></p>',
    ),
    shows: { text: '2 items' },
  },
  {
    name: 'htmx with extensions',
    html: writePage(
      `<script src="https://unpkg.com/htmx.org@1.9.12"></script>
<script src="https://unpkg.com/htmx.org@1.9.12/dist/ext/json-enc.js"></script>
<script src="https://unpkg.com/htmx.org@1.9.12/dist/ext/class-tools.js"></script>`,
      `<p id="out" hx-ext="class-tools" classes="add ready:100ms">htmx</p>
<form hx-ext="json-enc" hx-post="/none"></form>`,
    ),
    shows: { in: '#out.ready', text: 'htmx' },
  },
  {
    name: 'htmx 2 with an extension of its own package',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/htmx.org@2.0.4/dist/htmx.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/htmx-ext-response-targets@2.0.2/response-targets.js"></script>`,
      `<div hx-ext="response-targets"><p id="out"></p></div>
<script>document.getElementById('out').textContent = 'htmx ' + htmx.version.split('.')[0];</script>`,
    ),
    shows: { text: 'htmx 2' },
  },
  {
    name: 'hyperscript',
    html: writePage(
      '<script src="https://unpkg.com/hyperscript.org@0.9.12"></script>',
      '<button id="out" _="on click put \'Pressed\' into me">Press</button>',
    ),
    shows: { press: '#out', text: 'Pressed' },
  },
  {
    name: 'Stimulus',
    html: writePage(
      `<script type="module">
import { Application, Controller } from 'https://unpkg.com/@hotwired/stimulus/dist/stimulus.js';
window.Stimulus = Application.start();
Stimulus.register('hello', class extends Controller {
  static targets = ['output'];
  connect() { this.outputTarget.textContent = 'Stimulated'; }
});
</script>`,
      '<div data-controller="hello"><p id="out" data-hello-target="output"></p></div>',
    ),
    shows: { text: 'Stimulated' },
  },
  {
    name: 'Mithril',
    html: writePage(
      '<script src="https://unpkg.com/mithril/mithril.js"></script>',
      `<div id="app"></div>
<script>
let count = 0;
m.mount(document.getElementById('app'), { view: () => m('button#out', { onclick: () => { count++; } }, count + ' clicks') });
</script>`,
    ),
    shows: { press: '#out', text: /[1-9] clicks/ },
  },
  {
    name: 'Knockout',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/knockout/3.5.1/knockout-latest.min.js"></script>',
      `<ul id="out" data-bind="foreach: items"><li data-bind="text: $data"></li></ul>
<script>ko.applyBindings({ items: ko.observableArray(['one', 'two', 'three']) });</script>`,
    ),
    shows: { in: '#out li', count: 3, text: 'one' },
  },
  {
    name: 'Vue with its router and Pinia',
    html: writePage(
      `<script src="https://unpkg.com/vue@3.4.21/dist/vue.global.js"></script>
<script src="https://unpkg.com/vue-router@4.3.0/dist/vue-router.global.js"></script>
<script src="https://unpkg.com/vue-demi@0.14.7/lib/index.iife.js"></script>
<script src="https://unpkg.com/pinia@2.1.7/dist/pinia.iife.js"></script>`,
      `<div id="app"><router-view></router-view></div>
<script>
const useStore = Pinia.defineStore('counter', { state: () => ({ n: 7 }) });
const Home = { setup: () => ({ store: useStore() }), template: '<p id="out">Home {{ store.n }}</p>' };
const router = VueRouter.createRouter({ history: VueRouter.createWebHashHistory(), routes: [{ path: '/', component: Home }] });
Vue.createApp({}).use(Pinia.createPinia()).use(router).mount('#app');
</script>`,
    ),
    shows: { text: 'Home 7' },
  },
  {
    name: 'Vuetify',
    html: writePage(
      `<link href="https://cdn.jsdelivr.net/npm/vuetify@3.5.10/dist/vuetify.min.css" rel="stylesheet">
<script src="https://cdn.jsdelivr.net/npm/vue@3.4.21/dist/vue.global.prod.js"></script>
<script src="https://cdn.jsdelivr.net/npm/vuetify@3.5.10/dist/vuetify.min.js"></script>`,
      `<div id="app"><v-app><v-btn id="out" color="primary" @click="n++">Clicked {{ n }}</v-btn></v-app></div>
<script>
Vue.createApp({ data: () => ({ n: 0 }) }).use(Vuetify.createVuetify()).mount('#app');
</script>`,
    ),
    shows: { press: '#out', in: '#out.v-btn', text: /Clicked [1-9]/ },
  },
  {
    name: 'Element Plus',
    html: writePage(
      `<link rel="stylesheet" href="https://unpkg.com/element-plus@2.6.1/dist/index.css">
<script src="https://unpkg.com/vue@3"></script>
<script src="https://unpkg.com/element-plus@2.6.1"></script>`,
      `<div id="app"><el-tag id="out" type="success">{{ label }}</el-tag></div>
<script>
const app = Vue.createApp({ setup: () => ({ label: 'Tagged' }) });
app.use(ElementPlus).mount('#app');
</script>`,
    ),
    shows: { in: '#out.el-tag--success', text: 'Tagged' },
  },
  {
    name: 'Shoelace, which loads its components by itself',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/@shoelace-style/shoelace@2.12.0/cdn/themes/light.css">
<script type="module" src="https://cdn.jsdelivr.net/npm/@shoelace-style/shoelace@2.12.0/cdn/shoelace-autoloader.js"></script>`,
      `<sl-rating value="3"></sl-rating><sl-badge variant="success">New</sl-badge>
<script type="module">
await customElements.whenDefined('sl-badge');
document.querySelector('sl-badge').id = 'out';
</script>`,
    ),
    shows: { text: 'New' },
  },
  {
    name: 'Material UI as a classic script',
    html: writePage(
      `<script src="https://unpkg.com/react@18/umd/react.production.min.js" crossorigin></script>
<script src="https://unpkg.com/react-dom@18/umd/react-dom.production.min.js" crossorigin></script>
<script src="https://unpkg.com/@mui/material@5.14.18/umd/material-ui.production.min.js" crossorigin="anonymous"></script>`,
      `<div id="root"></div>
<script>
const { Button } = MaterialUI;
ReactDOM.createRoot(document.getElementById('root')).render(React.createElement(Button, { variant: 'contained', id: 'out' }, 'Hello MUI'));
</script>`,
    ),
    shows: { in: '#out.MuiButton-contained', text: 'Hello MUI' },
  },
  {
    name: 'RxJS',
    html: computesWith(
      '<script src="https://unpkg.com/rxjs@^7/dist/bundles/rxjs.umd.min.js"></script>',
      '(() => { let sum; rxjs.range(1, 4).pipe(rxjs.reduce((a, b) => a + b)).subscribe(v => { sum = v; }); return sum; })()',
    ),
    shows: { text: '10' },
  },
  {
    name: 'Backbone and Underscore',
    html: computesWith(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.4/jquery.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/underscore.js/1.13.6/underscore-min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/backbone.js/1.4.1/backbone-min.js"></script>`,
      "new (Backbone.Model.extend({ defaults: { size: _.max([3, 9, 4]) } }))().get('size')",
    ),
    shows: { text: '9' },
  },
  {
    name: 'Redux and Immer as classic scripts',
    html: computesWith(
      `<script src="https://unpkg.com/redux@4.2.1/dist/redux.min.js"></script>
<script src="https://unpkg.com/immer@9.0.21/dist/immer.umd.production.min.js"></script>`,
      `(() => {
  const reduce = immer.produce((draft, action) => { if (action.type === 'add') draft.n += action.by; });
  const store = Redux.createStore(reduce, { n: 1 });
  store.dispatch({ type: 'add', by: 4 });
  return 'n is ' + store.getState().n;
})()`,
    ),
    shows: { text: 'n is 5' },
  },
  {
    name: 'Bootstrap and jQuery from GitHub',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/gh/twbs/bootstrap@v5.3.2/dist/css/bootstrap.min.css">
<script src="https://cdn.jsdelivr.net/gh/jquery/jquery@3.6.4/dist/jquery.min.js"></script>
<script src="https://cdn.jsdelivr.net/gh/twbs/bootstrap@v5.3.2/dist/js/bootstrap.bundle.min.js"></script>`,
      `<button class="btn btn-primary" data-bs-toggle="collapse" data-bs-target="#more">More</button>
<div class="collapse" id="more"><p id="out"></p></div>
<script>$('#more').on('shown.bs.collapse', () => $('#out').text('Shown'));</script>`,
    ),
    shows: { press: '.btn', text: 'Shown' },
  },
];

// Frameworks for pages without a build.
import { type PageCase, writePage } from './page-case.ts';

export const frameworks: PageCase[] = [
  {
    name: 'jQuery and Bootstrap 4 with their checksums',
    html: writePage(
      `<link rel="stylesheet" href="https://stackpath.bootstrapcdn.com/bootstrap/4.5.2/css/bootstrap.min.css" integrity="sha384-JcKb8q3iqJ61gNV9KGb8thSsNjpSL0n8PARn9HuZOnIxN0hoP+VmmDGMN5t9UJ0Z" crossorigin="anonymous">`,
      `<button id="open" class="btn btn-primary">Open</button>
<div class="modal fade" id="dialog" tabindex="-1"><div class="modal-dialog"><div class="modal-content"><div class="modal-body">From Bootstrap</div></div></div></div>
<script src="https://code.jquery.com/jquery-3.5.1.slim.min.js" integrity="sha384-DfXdz2htPH0lsSSs5nCTpuj/zy4C+OGpamoFVy38MVBnE+IbbVYUew+OrCXaRkfj" crossorigin="anonymous"></script>
<script src="https://cdn.jsdelivr.net/npm/popper.js@1.16.1/dist/umd/popper.min.js" integrity="sha384-9/reFTGAW83EW2RDu2S0VKaIzap3H66lZH81PoYlFhbGU+6BZp6G7niu735Sk7lN" crossorigin="anonymous"></script>
<script src="https://stackpath.bootstrapcdn.com/bootstrap/4.5.2/js/bootstrap.min.js" integrity="sha384-B4gt1jrGC7Jh4AgTPSdUtOBvfO8shuf57BaghqFfPlYxofvL8/KUEfYiJOMMV+rV" crossorigin="anonymous"></script>
<script>$('#open').on('click', () => $('#dialog').modal('show'));</script>`,
    ),
    shows: { press: '#open', in: '#dialog.show .modal-dialog', style: ['max-width', '500px'] },
  },
  {
    name: 'jQuery and Bootstrap 3',
    html: writePage(
      `<link rel="stylesheet" href="https://maxcdn.bootstrapcdn.com/bootstrap/3.4.1/css/bootstrap.min.css">
<script src="https://ajax.googleapis.com/ajax/libs/jquery/3.6.0/jquery.min.js"></script>
<script src="https://maxcdn.bootstrapcdn.com/bootstrap/3.4.1/js/bootstrap.min.js"></script>`,
      `<ul class="nav nav-tabs"><li class="active"><a data-toggle="tab" href="#home">Home</a></li><li><a id="second" data-toggle="tab" href="#menu">Menu</a></li></ul>
<div class="tab-content"><div id="home" class="tab-pane active">Home</div><div id="menu" class="tab-pane">Menu <span class="glyphicon glyphicon-cloud"></span></div></div>`,
    ),
    shows: { press: '#second', in: '#menu.active', style: ['display', 'block'] },
    fonts: ['Glyphicons Halflings'],
  },
  {
    name: 'Bootstrap 5 with its icons and checksums',
    html: writePage(
      `<link href="https://cdn.jsdelivr.net/npm/bootstrap@5.3.0/dist/css/bootstrap.min.css" rel="stylesheet" integrity="sha384-9ndCyUaIbzAi2FUVXJi0CjmCapSmO7SnpJef0486qhLnuZ2cdeRhO02iuK6FUUVM" crossorigin="anonymous">
<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/bootstrap-icons@1.10.5/font/bootstrap-icons.css">`,
      `<button id="open" class="btn btn-success" data-bs-toggle="offcanvas" data-bs-target="#side"><i class="bi bi-list"></i></button>
<div class="offcanvas offcanvas-start" tabindex="-1" id="side"><div class="offcanvas-body">Side</div></div>
<script src="https://cdn.jsdelivr.net/npm/bootstrap@5.3.0/dist/js/bootstrap.bundle.min.js" integrity="sha384-geWF76RCwLtnZ8qwWowPQNguL3RmwHVBC9FhGdlKrxdiJJigb/j/68SIy3Te4Bkz" crossorigin="anonymous"></script>`,
    ),
    shows: { press: '#open', in: '#side.show', style: ['visibility', 'visible'] },
    fonts: ['bootstrap-icons'],
  },
  {
    name: 'jQuery UI',
    html: writePage(
      `<link rel="stylesheet" href="https://code.jquery.com/ui/1.13.2/themes/base/jquery-ui.css">
<script src="https://code.jquery.com/jquery-3.6.0.min.js" integrity="sha256-/xUj+3OJU5yExlq6GSYGSHk7tPXikynS7ogEvDej/m4=" crossorigin="anonymous"></script>
<script src="https://code.jquery.com/ui/1.13.2/jquery-ui.min.js"></script>`,
      `<div id="date"></div>
<script>$(() => $('#date').datepicker({ defaultDate: '02/15/2024' }));</script>`,
    ),
    shows: { in: '#date .ui-state-default', count: 29, style: ['text-align', 'right'] },
  },
  {
    name: 'DataTables',
    html: writePage(
      `<link rel="stylesheet" href="https://cdn.datatables.net/1.13.4/css/jquery.dataTables.min.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js"></script>
<script src="https://cdn.datatables.net/1.13.4/js/jquery.dataTables.min.js"></script>`,
      `<table id="people"><thead><tr><th>Name</th><th>Age</th></tr></thead><tbody><tr><td>Zoe</td><td>31</td></tr><tr><td>Ada</td><td>36</td></tr></tbody></table>
<script>$(document).ready(() => $('#people').DataTable());</script>`,
    ),
    shows: { in: '#people tbody tr:first-child td.sorting_1', text: 'Ada' },
  },
  {
    name: 'Vue 3',
    html: writePage(
      '<script src="https://unpkg.com/vue@3/dist/vue.global.js"></script>',
      `<div id="app"><button id="out" @click="count++">Count: {{ count }}, double {{ double }}</button></div>
<script>
const { createApp, ref, computed } = Vue;
createApp({
  setup() {
    const count = ref(0);
    const double = computed(() => count.value * 2);
    return { count, double };
  }
}).mount('#app');
</script>`,
    ),
    shows: { press: '#out', text: /Count: [1-9], double [2-9]/ },
  },
  {
    name: 'Vue 2',
    html: writePage(
      '<script src="https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.js"></script>',
      `<div id="app"><ul><li v-for="todo in todos" class="todo">{{ todo.text }}</li></ul></div>
<script>
new Vue({ el: '#app', data: { todos: [{ text: 'Learn' }, { text: 'Build' }] } });
</script>`,
    ),
    shows: { in: '.todo', count: 2, text: 'Learn' },
  },
  {
    name: 'React UMD and Babel standalone',
    html: writePage(
      `<script crossorigin src="https://unpkg.com/react@18/umd/react.production.min.js"></script>
<script crossorigin src="https://unpkg.com/react-dom@18/umd/react-dom.production.min.js"></script>
<script src="https://unpkg.com/@babel/standalone/babel.min.js"></script>`,
      `<div id="root"></div>
<script type="text/babel">
  const { useState } = React;
  function Counter() {
    const [count, setCount] = useState(0);
    return <button id="out" onClick={() => setCount(count + 1)}>Clicked {count} times</button>;
  }
  ReactDOM.createRoot(document.getElementById('root')).render(<Counter />);
</script>`,
    ),
    shows: { press: '#out', text: /Clicked [1-9] times/ },
  },
  {
    name: 'React UMD, Babel and Recharts from cdnjs',
    html: writePage(
      `<script src="https://cdnjs.cloudflare.com/ajax/libs/react/18.2.0/umd/react.production.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/react-dom/18.2.0/umd/react-dom.production.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/prop-types/15.8.1/prop-types.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/recharts/2.12.7/Recharts.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/babel-standalone/7.23.5/babel.min.js"></script>`,
      `<div id="root"></div>
<script type="text/babel">
  const { BarChart, Bar, XAxis } = Recharts;
  const data = [{ name: 'A', value: 4 }, { name: 'B', value: 9 }];
  ReactDOM.createRoot(document.getElementById('root')).render(
    <BarChart width={300} height={200} data={data}><XAxis dataKey="name" /><Bar dataKey="value" fill="#8884d8" isAnimationActive={false} /></BarChart>
  );
</script>`,
    ),
    shows: { in: '.recharts-bar-rectangle path', count: 2 },
  },
  {
    name: 'Alpine.js',
    html: writePage(
      '<script defer src="https://cdn.jsdelivr.net/npm/alpinejs@3.x.x/dist/cdn.min.js"></script>',
      `<div x-data="{ count: 0, items: ['a', 'b', 'c'] }">
  <button id="out" x-on:click="count++" x-text="'Count ' + count + ' of ' + items.length"></button>
  <template x-for="item in items"><span x-text="item"></span></template>
</div>`,
    ),
    shows: { press: '#out', text: /Count [1-9] of 3/ },
  },
  {
    name: 'htmx swaps in a part of a page',
    html: writePage(
      '<script src="https://unpkg.com/htmx.org@1.9.10" integrity="sha384-D1Kt99CQMDuVetoL1lrYwg5t+9QdHe7NLX/SoJYkXDFfX37iInKRy5xLSi8nO7UC" crossorigin="anonymous"></script>',
      `<button id="load" hx-get="/index.html" hx-select="#part" hx-target="#out" hx-swap="innerHTML">Load</button>
<div id="out">nothing yet</div>
<template><p id="unused"></p></template>
<div hidden><p id="part">A fragment</p></div>`,
    ),
    shows: { press: '#load', in: '#out #part', text: 'A fragment' },
  },
  {
    name: 'AngularJS',
    html: writePage(
      '<script src="https://ajax.googleapis.com/ajax/libs/angularjs/1.8.2/angular.min.js"></script>',
      `<div ng-app="" ng-init="price=3;quantity=7"><p id="out">Total {{ price * quantity }}</p></div>`,
    ),
    shows: { text: 'Total 21' },
  },
];

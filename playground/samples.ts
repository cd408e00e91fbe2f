// The catalogue of sample artifacts and the conversations that they come from.
import calendar from '../examples/calendar.tsx?raw';
import carousel from '../examples/carousel.tsx?raw';
import dashboard from '../examples/dashboard.tsx?raw';
import drawer from '../examples/drawer.tsx?raw';
import game from '../examples/game.html?raw';
import gui from '../examples/gui.tsx?raw';
import kanban from '../examples/kanban.tsx?raw';
import landing from '../examples/landing.html?raw';
import logo from '../examples/logo.svg?raw';
import notes from '../examples/notes.md?raw';
import router from '../examples/router.tsx?raw';
import threeScene from '../examples/three-scene.tsx?raw';
import type { Artifact } from './librechat.ts';

export interface Sample extends Artifact {
  id: string;
  title: string;
  prompt: string;
  answer: string;
}

export const samples: Sample[] = [
  {
    id: 'dashboard',
    title: 'Shop dashboard',
    type: 'application/vnd.react',
    prompt:
      'Build me a dashboard for my furniture shop: revenue against plan, orders by channel, recent orders.',
    answer:
      'Here is a dashboard with a period selector, four key figures, two charts and a list of orders. Click an order for its details, or export the period.',
    code: dashboard,
  },
  {
    id: 'kanban',
    title: 'Exhibition board',
    type: 'application/vnd.react',
    prompt: 'We are preparing a small exhibition. Make a kanban board that we can drag tasks around on.',
    answer:
      'The board has three columns. Drag a card, or move it on with its button; the bar on top shows how far you are.',
    code: kanban,
  },
  {
    id: 'three-scene',
    title: 'Little planet',
    type: 'application/vnd.react',
    prompt: 'Can you make a small planet with a ring of rocks in three.js that I can turn with the mouse?',
    answer:
      'I built it with three.js and orbit controls: drag to turn it, scroll to zoom, and change its colours with the button.',
    code: threeScene,
  },
  {
    id: 'calendar',
    title: 'Room booking',
    type: 'application/vnd.react',
    prompt: 'A booking widget for our attic room: choose the nights in a calendar and see the price.',
    answer:
      'Guests pick a range in the calendar. Nights that are taken cannot be chosen, and weekends cost a little more.',
    code: calendar,
  },
  {
    id: 'carousel',
    title: 'Five quiet places',
    type: 'application/vnd.react',
    prompt: 'Show five travel ideas in a carousel. Draw the landscapes yourself, no photos.',
    answer: 'Five places, five drawn landscapes. Swipe or use the arrow keys, and save the ones you like.',
    code: carousel,
  },
  {
    id: 'drawer',
    title: 'Corner Bakery',
    type: 'application/vnd.react',
    prompt: 'An order page for our bakery. The basket should slide up from the bottom.',
    answer:
      'Customers add bread with one tap; the basket opens as a drawer, where they can change amounts and reserve.',
    code: drawer,
  },
  {
    id: 'router',
    title: 'Weeknight recipes',
    type: 'application/vnd.react',
    prompt: 'Make a tiny recipe site with real pages and addresses, using React Router.',
    answer:
      'It has a list, a page for each recipe and an about page. The path at the bottom follows you around.',
    code: router,
  },
  {
    id: 'gui',
    title: 'Flow field',
    type: 'application/vnd.react',
    prompt: 'A generative particle animation on canvas, please, with dat.gui sliders to play with.',
    answer:
      'Particles follow a slowly turning field. Change their number, speed and colours in the panel on the right.',
    code: gui,
  },
  {
    id: 'landing',
    title: 'Tidewater Kayaks',
    type: 'text/html',
    prompt: 'Write a landing page for a kayak rental, plain HTML with Tailwind.',
    answer:
      'A dark landing page with a hero, three tours and a reservation button that counts down the seats.',
    code: landing,
  },
  {
    id: 'game',
    title: 'Starfall',
    type: 'text/html',
    prompt: 'Make a small arcade game in a single HTML file.',
    answer: 'Catch the falling stars with the arrow keys or the mouse. It gets faster with every star.',
    code: game,
  },
  {
    id: 'logo',
    title: 'Library emblem',
    type: 'image/svg+xml',
    prompt: 'Draw an emblem for the Lighthouse Library as an SVG.',
    answer: 'A lighthouse at dusk with a turning beam. Click the name plate to switch the light.',
    code: logo,
  },
  {
    id: 'notes',
    title: 'Bread notebook',
    type: 'text/markdown',
    prompt: 'Summarise my sourdough method as a Markdown note, with the ingredients in a table.',
    answer: 'I put the recipe, the schedule and your mishaps into one note.',
    code: notes,
  },
];

export function findSample(id: string): Sample | undefined {
  return samples.find((sample) => sample.id === id);
}

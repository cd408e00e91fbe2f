// Styles, fonts and icons.
import { type PageCase, writePage } from './page-case.ts';

export const styles: PageCase[] = [
  {
    name: 'Tailwind with tailwind.config',
    html: writePage(
      `<script src="https://cdn.tailwindcss.com"></script>
<script>
  tailwind.config = {
    theme: { extend: { colors: { brand: '#123456' }, spacing: { 13: '3.25rem' } } }
  }
</script>
<style type="text/tailwindcss">
  @layer utilities { .framed { @apply border-4 border-brand; } }
</style>`,
      '<div id="out" class="framed bg-brand p-13 text-white hover:bg-black md:rounded-lg">Styled</div>',
    ),
    shows: { style: ['background-color', 'rgb(18, 52, 86)'] },
  },
  {
    name: 'Tailwind with plugins',
    html: writePage(
      '<script src="https://cdn.tailwindcss.com?plugins=forms,typography,aspect-ratio"></script>',
      '<article class="prose"><p>Text</p><blockquote id="out">Quoted</blockquote></article>',
    ),
    shows: { style: ['font-style', 'italic'] },
  },
  {
    name: 'Tailwind 4',
    html: writePage(
      `<script src="https://cdn.jsdelivr.net/npm/@tailwindcss/browser@4"></script>
<style type="text/tailwindcss">
  @theme { --color-clifford: #da373d; }
</style>`,
      '<h1 id="out" class="text-3xl font-bold text-clifford">Hello</h1>',
    ),
    shows: { style: ['color', 'rgb(218, 55, 61)'] },
  },
  {
    name: 'Google Fonts with preconnects',
    html: writePage(
      `<link rel="preconnect" href="https://fonts.googleapis.com">
<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>
<link href="https://fonts.googleapis.com/css2?family=Inter:wght@300;400;600&family=Playfair+Display:ital,wght@0,700;1,400&display=swap" rel="stylesheet">
<style>body { font-family: 'Inter', sans-serif; } h1 { font-family: 'Playfair Display', serif; font-weight: 700; }</style>`,
      '<h1 id="out">Set in Playfair</h1><p style="font-weight:600">Set in Inter</p>',
    ),
    shows: { style: ['font-family', /Playfair Display/] },
    fonts: ['Inter', 'Playfair Display'],
  },
  {
    name: 'Google Fonts by @import and the old address',
    html: writePage(
      `<link href="https://fonts.googleapis.com/css?family=Roboto:400,700|Lobster" rel="stylesheet">
<style>
@import url('https://fonts.googleapis.com/css2?family=Press+Start+2P&display=swap');
#out { font-family: 'Press Start 2P', cursive; }
</style>`,
      `<p id="out">GAME OVER</p><p style="font-family:Roboto">Roboto</p><p style="font-family:Lobster">Lobster</p>`,
    ),
    shows: { text: 'GAME OVER' },
    fonts: ['Press Start 2P', 'Roboto', 'Lobster'],
  },
  {
    name: 'Material Icons and Material Symbols',
    html: writePage(
      `<link href="https://fonts.googleapis.com/icon?family=Material+Icons" rel="stylesheet">
<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Material+Symbols+Outlined:opsz,wght,FILL,GRAD@24,400,0,0">`,
      '<span id="out" class="material-icons">accessibility_new</span><span class="material-symbols-outlined">settings</span>',
    ),
    // As wide as one icon, not as its name.
    shows: { style: ['width', '24px'], in: '.material-icons' },
    fonts: ['Material Icons', 'Material Symbols Outlined'],
  },
  {
    name: 'Font Awesome 6 with its fonts and checksum',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/font-awesome/6.4.0/css/all.min.css" integrity="sha512-iecdLmaskl7CVkqkXNQ/ZH/XLlvWZOJyj7Yy7tcenmpD1ypASozpmT/E0iPtmFIB46ZmdtAc9eNBvH0H/ZpiBw==" crossorigin="anonymous" referrerpolicy="no-referrer" />`,
      '<i id="out" class="fa-solid fa-house"></i> <i class="fab fa-github"></i> <i class="far fa-heart"></i>',
    ),
    shows: { style: ['font-family', /Font Awesome 6 Free/] },
    fonts: ['Font Awesome 6 Free', 'Font Awesome 6 Brands'],
  },
  {
    name: 'Font Awesome 4',
    html: writePage(
      '<link rel="stylesheet" href="https://maxcdn.bootstrapcdn.com/font-awesome/4.7.0/css/font-awesome.min.css">',
      '<i id="out" class="fa fa-camera-retro"></i>',
    ),
    shows: { style: ['font-family', 'FontAwesome'] },
    fonts: ['FontAwesome'],
  },
  {
    name: 'Font Awesome as a script that draws SVG',
    html: writePage(
      '<script defer src="https://use.fontawesome.com/releases/v5.15.4/js/all.js"></script>',
      '<i class="fas fa-coffee"></i>',
    ),
    shows: { in: 'svg.fa-coffee path' },
  },
  {
    name: 'Bulma',
    html: writePage(
      '<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/bulma@0.9.4/css/bulma.min.css">',
      '<button id="out" class="button is-primary">Press</button>',
    ),
    shows: { style: ['background-color', 'rgb(0, 209, 178)'] },
  },
  {
    name: 'Materialize',
    html: writePage(
      `<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/materialize/1.0.0/css/materialize.min.css">
<script src="https://cdnjs.cloudflare.com/ajax/libs/materialize/1.0.0/js/materialize.min.js"></script>`,
      `<button id="press" class="btn teal" onclick="M.toast({ html: 'Saved' })">Save</button>`,
    ),
    shows: { press: '#press', in: '.toast', text: 'Saved' },
  },
  {
    name: 'Lucide icons',
    html: writePage(
      '<script src="https://unpkg.com/lucide@latest"></script>',
      '<i data-lucide="menu"></i><script>lucide.createIcons();</script>',
    ),
    shows: { in: 'svg.lucide-menu path, svg.lucide-menu line' },
  },
  {
    name: 'Feather icons',
    html: writePage(
      '<script src="https://cdnjs.cloudflare.com/ajax/libs/feather-icons/4.29.0/feather.min.js"></script>',
      '<i data-feather="circle"></i><script>feather.replace();</script>',
    ),
    shows: { in: 'svg.feather-circle circle' },
  },
  {
    name: 'A placeholder image, as LibreChat promises the model',
    html: writePage('', '<img id="out" src="/api/placeholder/400/320" alt="placeholder">'),
    shows: { style: ['width', '400px'] },
  },
];

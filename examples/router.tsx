import { useState } from 'react';
import { BrowserRouter, Link, NavLink, Route, Routes, useLocation, useParams } from 'react-router-dom';
import { ArrowLeft, Clock, Leaf } from 'lucide-react';

const recipes = [
  { slug: 'miso-squash', name: 'Miso roast squash', minutes: 45, steps: ['Halve the squash and scoop out the seeds.', 'Brush with miso, maple syrup and oil.', 'Roast at 210 °C until the edges char.'] },
  { slug: 'lemon-orzo', name: 'Lemon orzo with peas', minutes: 20, steps: ['Toast the orzo in butter.', 'Simmer in stock for nine minutes.', 'Fold in peas, lemon zest and parmesan.'] },
  { slug: 'black-bean-chilli', name: 'Black bean chilli', minutes: 60, steps: ['Soften onion, garlic and cumin.', 'Add beans, tomatoes and chipotle.', 'Let it thicken, finish with lime.'] },
];

function Home() {
  return (
    <section className="space-y-4">
      <div className="rounded-2xl bg-emerald-800 p-6 text-emerald-50">
        <p className="text-2xl font-semibold tracking-tight">What’s for dinner?</p>
        <p className="mt-1 text-emerald-200">Three recipes, one pan each, none of them long.</p>
      </div>
      <ul className="space-y-3">
        {recipes.map((recipe) => (
          <li key={recipe.slug}>
            <Link to={`/recipes/${recipe.slug}`} className="flex items-center justify-between rounded-2xl bg-white p-4 shadow-sm transition hover:-translate-y-0.5 hover:shadow-md dark:bg-stone-800">
              <span className="font-medium">{recipe.name}</span>
              <span className="flex items-center gap-1 text-sm text-stone-500"><Clock className="h-4 w-4" /> {recipe.minutes} min</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recipe() {
  const { slug } = useParams();
  const recipe = recipes.find((item) => item.slug === slug);
  const [done, setDone] = useState<number[]>([]);
  if (!recipe) return <p>No such recipe.</p>;
  return (
    <article className="rounded-2xl bg-white p-6 shadow-sm dark:bg-stone-800">
      <Link to="/" className="mb-4 inline-flex items-center gap-1 text-sm text-stone-500 hover:text-stone-900 dark:hover:text-stone-100"><ArrowLeft className="h-4 w-4" /> All recipes</Link>
      <h2 className="text-xl font-semibold">{recipe.name}</h2>
      <ol className="mt-4 space-y-2">
        {recipe.steps.map((step, index) => (
          <li key={step}>
            <label className="flex gap-3">
              <input type="checkbox" className="accent-emerald-600" checked={done.includes(index)} onChange={() => setDone(done.includes(index) ? done.filter((item) => item !== index) : [...done, index])} />
              <span className={done.includes(index) ? 'text-stone-400 line-through' : ''}>{step}</span>
            </label>
          </li>
        ))}
      </ol>
    </article>
  );
}

function About() {
  return (
    <div className="rounded-2xl bg-white p-6 leading-relaxed shadow-sm dark:bg-stone-800">
      Three weeknight dinners, no meat, one pan each. The address of this page changes as you move around, and the browser’s own history works.
    </div>
  );
}

function Location() {
  const { pathname } = useLocation();
  return <code data-testid="path" className="rounded bg-stone-200 px-2 py-1 text-xs dark:bg-stone-700">{pathname}</code>;
}

export default function App() {
  const [favourites, setFavourites] = useState(0);
  const tab = ({ isActive }: { isActive: boolean }) =>
    `rounded-full px-4 py-1.5 text-sm font-medium ${isActive ? 'bg-emerald-700 text-white' : 'text-stone-600 hover:bg-stone-200 dark:text-stone-300 dark:hover:bg-stone-700'}`;
  return (
    <BrowserRouter>
      <div className="min-h-screen bg-stone-100 p-6 text-stone-900 dark:bg-stone-900 dark:text-stone-100">
        <div className="mx-auto max-w-lg space-y-6">
          <header className="flex items-center justify-between">
            <h1 className="flex items-center gap-2 text-lg font-semibold"><Leaf className="h-5 w-5 text-emerald-600" /> Weeknight</h1>
            <nav className="flex gap-1">
              <NavLink to="/" end className={tab}>Recipes</NavLink>
              <NavLink to="/about" className={tab} data-testid="about-link">About</NavLink>
            </nav>
          </header>
          <Routes>
            <Route path="/" element={<Home />} />
            <Route path="/recipes/:slug" element={<Recipe />} />
            <Route path="/about" element={<About />} />
            <Route path="*" element={<p>This page does not exist. <Link className="underline" to="/">Go home</Link></p>} />
          </Routes>
          <footer className="flex items-center justify-between text-sm text-stone-500">
            <Location />
            <button type="button" data-testid="action" className="rounded-full border border-stone-300 px-4 py-1.5 hover:bg-white dark:border-stone-600 dark:hover:bg-stone-800" onClick={() => setFavourites(favourites + 1)}>
              {favourites === 0 ? 'Applaud the cook' : `Applauded ${favourites}×`}
            </button>
          </footer>
        </div>
      </div>
    </BrowserRouter>
  );
}

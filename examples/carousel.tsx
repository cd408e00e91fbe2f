import { useEffect, useState } from 'react';
import { Heart, MapPin } from 'lucide-react';
import { Carousel, CarouselContent, CarouselItem, CarouselNext, CarouselPrevious, type CarouselApi } from '/components/ui/carousel';

const places = [
  { name: 'Senja', country: 'Norway', line: 'Fjords without the crowds', sky: ['#0ea5e9', '#1e3a8a'], hills: ['#0f766e', '#134e4a', '#042f2e'] },
  { name: 'Alentejo', country: 'Portugal', line: 'Cork oaks and slow lunches', sky: ['#fdba74', '#ea580c'], hills: ['#a16207', '#713f12', '#422006'] },
  { name: 'Naoshima', country: 'Japan', line: 'An island given to art', sky: ['#f9a8d4', '#7c3aed'], hills: ['#6d28d9', '#4c1d95', '#2e1065'] },
  { name: 'Svaneti', country: 'Georgia', line: 'Towers under the snow line', sky: ['#bae6fd', '#64748b'], hills: ['#475569', '#334155', '#0f172a'] },
  { name: 'Chiloé', country: 'Chile', line: 'Wooden churches in the mist', sky: ['#bbf7d0', '#0d9488'], hills: ['#15803d', '#166534', '#052e16'] },
];

function Landscape({ sky, hills }: { sky: string[]; hills: string[] }) {
  const id = `sky-${sky[0].slice(1)}`;
  return (
    <svg viewBox="0 0 400 260" preserveAspectRatio="xMidYMid slice" className="absolute inset-0 h-full w-full" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={sky[1]} />
          <stop offset="1" stopColor={sky[0]} />
        </linearGradient>
      </defs>
      <rect width="400" height="260" fill={`url(#${id})`} />
      <circle cx="305" cy="72" r="26" fill="#fff" fillOpacity="0.85" />
      <path d="M0 170 L70 110 L130 160 L210 90 L290 165 L345 120 L400 160 V260 H0Z" fill={hills[0]} />
      <path d="M0 205 C80 160 140 215 210 185 S340 165 400 200 V260 H0Z" fill={hills[1]} />
      <path d="M0 235 C100 205 190 245 260 222 S360 225 400 232 V260 H0Z" fill={hills[2]} />
    </svg>
  );
}

export default function App() {
  const [api, setApi] = useState<CarouselApi>();
  const [current, setCurrent] = useState(0);
  const [saved, setSaved] = useState<string[]>([]);
  const place = places[current];
  const isSaved = saved.includes(place.name);

  useEffect(() => {
    if (!api) return;
    const update = () => setCurrent(api.selectedScrollSnap());
    update();
    api.on('select', update);
    return () => {
      api.off('select', update);
    };
  }, [api]);

  return (
    <div className="flex min-h-screen flex-col items-center justify-center gap-6 bg-stone-100 px-16 py-8 text-stone-900 dark:bg-stone-950 dark:text-stone-50">
      <div className="text-center">
        <h1 className="text-2xl font-semibold tracking-tight">Five quiet places</h1>
        <p className="text-sm text-stone-500">Swipe, or use the arrow keys</p>
      </div>
      <Carousel setApi={setApi} opts={{ loop: true }} className="w-full max-w-xl">
        <CarouselContent>
          {places.map((item) => (
            <CarouselItem key={item.name}>
              <div className="relative aspect-[3/2] overflow-hidden rounded-3xl shadow-lg">
                <Landscape sky={item.sky} hills={item.hills} />
                <div className="absolute inset-x-0 bottom-0 p-6 text-white">
                  <div className="flex items-center gap-1 text-sm text-white/80">
                    <MapPin className="h-4 w-4" /> {item.country}
                  </div>
                  <div className="text-3xl font-semibold">{item.name}</div>
                  <div className="text-white/80">{item.line}</div>
                </div>
              </div>
            </CarouselItem>
          ))}
        </CarouselContent>
        <CarouselPrevious />
        <CarouselNext />
      </Carousel>
      <div className="flex items-center gap-2">
        {places.map((item, index) => (
          <button
            key={item.name}
            type="button"
            aria-label={`Show ${item.name}`}
            aria-current={index === current}
            onClick={() => api?.scrollTo(index)}
            className={`h-2 rounded-full transition-all ${index === current ? 'w-6 bg-stone-800 dark:bg-stone-100' : 'w-2 bg-stone-300 dark:bg-stone-700'}`}
          />
        ))}
      </div>
      <button
        type="button"
        data-testid="action"
        onClick={() => setSaved(isSaved ? saved.filter((name) => name !== place.name) : [...saved, place.name])}
        className="flex items-center gap-2 rounded-full bg-white px-5 py-2.5 text-sm font-medium shadow hover:shadow-md dark:bg-stone-800"
      >
        <Heart className={`h-4 w-4 ${isSaved ? 'fill-rose-500 text-rose-500' : ''}`} />
        {isSaved ? `${place.name} saved` : `Save ${place.name}`}
      </button>
    </div>
  );
}

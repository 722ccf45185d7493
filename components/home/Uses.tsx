// What the course is for: three uses, all of them first-class.
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';

const USES = [
  ['home.useSelf', 'home.useSelfText'],
  ['home.useWorkshop', 'home.useWorkshopText'],
  ['home.useAssessment', 'home.useAssessmentText'],
] as const;

export function Uses({ locale }: { locale: Locale }) {
  return (
    <section aria-labelledby="uses" className="border-t border-line bg-panel">
      <div className="mx-auto max-w-[1240px] px-6 py-12 max-sm:px-4">
        <h2 id="uses" className="mb-6 text-[20px] font-semibold tracking-tight">
          {t(locale, 'home.usesTitle')}
        </h2>
        <div className="grid gap-8 md:grid-cols-3">
          {USES.map(([title, text]) => (
            <div key={title}>
              <h3 className="mb-1 font-semibold">{t(locale, title)}</h3>
              <p className="text-ink-2">{t(locale, text)}</p>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

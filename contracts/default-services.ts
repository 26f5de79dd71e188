import type { Service, ServiceField } from './service-catalogue.ts';
import type { ServiceKind } from './service-kinds.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const field = (key: string, chinese: string, english: string, isRequired = false): ServiceField => ({
  key,
  label: { 'zh-CN': chinese, en: english },
  isRequired,
});
const entry = (
  kind: ServiceKind,
  [chinese, english]: [string, string],
  limits: Omit<Service['limits'], 'takenMs'>,
  fields: ServiceField[],
): Service => ({
  kind,
  name: { 'zh-CN': chinese, en: english },
  isOffered: true,
  hours: [],
  price: '',
  subsidy: '',
  fields,
  providers: [],
  limits: { takenMs: 5 * minute, ...limits },
});

/** What holds where nobody has entered a service: the four keys, without providers. */
export const defaultServices: Readonly<Record<ServiceKind, Service>> = {
  registration: entry(
    'registration',
    ['预约挂号', 'Hospital registration'],
    { arrangedMs: 4 * hour, doneMs: day, answerMs: 2 * hour },
    [
      field('hospital', '医院', 'Hospital', true),
      field('department', '科室', 'Department', true),
      field('card', '医保卡是否在手', 'Has the insurance card at hand'),
    ],
  ),
  taxi: entry(
    'taxi',
    ['叫车', 'Taxi'],
    { arrangedMs: 20 * minute, doneMs: 2 * hour, answerMs: 10 * minute },
    [
      field('destination', '去哪里', 'Where to', true),
      field('companions', '几人同行', 'How many people'),
      field('aids', '轮椅或助行器', 'Wheelchair or walking aid'),
    ],
  ),
  meal: entry('meal', ['助餐', 'Meal'], { arrangedMs: hour, doneMs: 3 * hour, answerMs: 30 * minute }, [
    field('meal', '哪一餐', 'Which meal', true),
    field('portions', '几份', 'How many portions'),
    field('diet', '忌口', 'What must not be in it'),
  ]),
  advice: entry('advice', ['咨询', 'Advice'], { arrangedMs: hour, doneMs: day, answerMs: 2 * hour }, [
    field('about', '咨询什么', 'What about', true),
  ]),
};

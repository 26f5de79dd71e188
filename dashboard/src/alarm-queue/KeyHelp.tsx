import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const lines = [
  { keys: ['↑', '↓', 'J', 'K'], name: 'move' },
  { keys: ['A'], name: 'acknowledge' },
  { keys: ['Shift', 'A'], name: 'takeOver' },
  { keys: ['C'], name: 'close' },
  { keys: ['Z'], name: 'undo' },
  { keys: ['R'], name: 'closeRestored' },
  { keys: ['Enter'], name: 'enter' },
  { keys: ['[', ']', '←', '→'], name: 'neighbours' },
  { keys: ['1', '…', '5'], name: 'answerStep' },
  { keys: ['D'], name: 'access' },
  { keys: ['S'], name: 'send' },
  { keys: ['B'], name: 'callBack' },
  { keys: ['N'], name: 'note' },
  { keys: ['H'], name: 'absence' },
  { keys: ['Esc'], name: 'escape' },
  { keys: ['M'], name: 'mute' },
  { keys: ['?'], name: 'help' },
] as const;

export function KeyHelp({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open centered footer={null} onCancel={onDone} title={t('keys.title')} width={600}>
      <dl className="key-help">
        {lines.map(({ keys, name }) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

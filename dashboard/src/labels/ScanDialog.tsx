import { Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openCamera } from './camera.ts';
import type { CameraRefusal, OpenCamera } from './camera.ts';
import { createCodeReader } from './read-code.ts';
import './labels.css';

const lookEveryMs = 150;

type Props = {
  title: string;
  /** `false`: the code says nothing that is looked for, and the next one is waited for. */
  onCode: (text: string) => boolean;
  onClose: () => void;
};

/** Reads a code with the camera, or takes what is printed under it, typed. */
export function ScanDialog({ title, onCode, onClose }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const take = (text: string) => {
    const isTaken = onCode(text);
    setWrong(!isTaken);
    return isTaken;
  };
  return (
    <Modal
      open
      centered
      title={title}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      className="scan-dialog"
    >
      <CameraView onCode={take} />
      {isWrong && (
        <p className="form-problem" role="alert">
          {t('scan.notOurs')}
        </p>
      )}
      <form
        className="scan-typed"
        onSubmit={(event) => {
          event.preventDefault();
          take(typed);
        }}
      >
        <Input
          size="large"
          value={typed}
          aria-label={t('scan.typed')}
          placeholder={t('scan.typed')}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button size="large" htmlType="submit" disabled={typed.trim() === ''}>
          {t('scan.take')}
        </Button>
      </form>
    </Modal>
  );
}

function CameraView({ onCode }: { onCode: (text: string) => boolean }) {
  const { t } = useTranslation();
  const player = useRef<HTMLVideoElement>(null);
  const latest = useRef(onCode);
  const [camera, setCamera] = useState<OpenCamera>();
  const [refusal, setRefusal] = useState<CameraRefusal>();
  const [isLit, setLit] = useState(false);

  useEffect(() => {
    latest.current = onCode;
  }, [onCode]);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let opened: OpenCamera | undefined;
    async function look(): Promise<void> {
      const answer = await openCamera();
      if (!answer.ok) {
        if (!isOver) setRefusal(answer.reason);
        return;
      }
      opened = answer.camera;
      const video = player.current;
      if (isOver || video === null) {
        opened.close();
        return;
      }
      video.srcObject = opened.stream;
      setCamera(opened);
      await video.play();
      const read = await createCodeReader();
      const next = async (): Promise<void> => {
        const text = await read(video);
        if (isOver || (text !== undefined && latest.current(text))) return;
        timer = setTimeout(() => void next().catch(() => setRefusal('busy')), lookEveryMs);
      };
      await next();
    }
    look().catch(() => {
      if (!isOver) setRefusal('busy');
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      opened?.close();
    };
  }, []);

  if (refusal !== undefined) {
    return (
      <output className="scan-refused" data-reason={refusal}>
        {t(`scan.${refusal}`)}
      </output>
    );
  }
  const setTorch = camera?.setTorch;
  return (
    <div className="scan-view">
      <video ref={player} playsInline muted aria-label={t('scan.picture')} />
      {setTorch && (
        <Button
          className="scan-torch"
          aria-pressed={isLit}
          onClick={() => {
            setLit(!isLit);
            void setTorch(!isLit).catch(() => setLit(false));
          }}
        >
          {t('scan.torch')}
        </Button>
      )}
    </div>
  );
}

/** Why no code can be read with the camera here. */
export type CameraRefusal = 'insecure' | 'none' | 'denied' | 'busy';

export type OpenCamera = {
  stream: MediaStream;
  /** `undefined` where the camera has no lamp. */
  setTorch: ((isOn: boolean) => Promise<void>) | undefined;
  close(): void;
};

/** Opens the camera at the back. Browsers have none for pages that came over plain HTTP from another machine. */
export async function openCamera(): Promise<
  { ok: true; camera: OpenCamera } | { ok: false; reason: CameraRefusal }
> {
  if (!isSecureContext) return { ok: false, reason: 'insecure' };
  if (!('mediaDevices' in navigator)) return { ok: false, reason: 'none' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    return { ok: true, camera: { stream, setTorch: torchOf(stream), close: () => stopAll(stream) } };
  } catch (error) {
    return { ok: false, reason: refusalIn(error) };
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The lamp is in no standard that TypeScript knows, and in most phones. */
function torchOf(stream: MediaStream): OpenCamera['setTorch'] {
  const [track] = stream.getVideoTracks();
  const can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  if (track === undefined || can?.torch !== true) return undefined;
  return async (torch) => track.applyConstraints({ advanced: [{ torch } as MediaTrackConstraintSet] });
}

export function refusalIn(error: unknown): CameraRefusal {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy';
}

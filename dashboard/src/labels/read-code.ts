/** Reads the code in a picture, if there is one. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | undefined>;

type Detector = { detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
};

/** As wide as it must be for the code of a label that fills a third of the picture. */
const readWidth = 640;

/** The browser's own reader, which is faster, or ours where it has none. */
export async function createCodeReader(): Promise<CodeReader> {
  return (await nativeReader()) ?? ownReader();
}

async function nativeReader(): Promise<CodeReader | undefined> {
  const { BarcodeDetector: detectorClass } = window as { BarcodeDetector?: DetectorClass };
  if (detectorClass === undefined) return undefined;
  try {
    if (!(await detectorClass.getSupportedFormats()).includes('qr_code')) return undefined;
    const detector = new detectorClass({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  } catch (error) {
    // Some browsers have the class and no service behind it.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

async function ownReader(): Promise<CodeReader> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (context === null || video.videoWidth === 0) return undefined;
    canvas.width = Math.min(readWidth, video.videoWidth);
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return decodeQR({ data, width, height });
    } catch (error) {
      // That is how it says that there is no code in this picture.
      if (!(error instanceof Error)) throw error;
      return undefined;
    }
  };
}

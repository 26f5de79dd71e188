import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { HubRefusal } from '../api/hub-api.ts';
import { ownProblem } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

const anything = z.unknown();

/** Enters a GeoJSON file as the outline of an organisation, or takes it away. */
export function OutlineForm({ organisationId, onDone }: { organisationId: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const problemText = useProblemText();
  const [problem, setProblem] = useState<HubRefusal>();
  const path = `/organisations/${encodeURIComponent(organisationId)}/outline`;

  async function send(file: File | undefined): Promise<void> {
    const read = file && parsed(await file.text());
    if (read !== undefined && !read.ok) {
      setProblem(ownProblem('answer-unreadable', 0, t('map.noGeoJson')));
      return;
    }
    const answer = await (read === undefined
      ? api.call('DELETE', path, anything)
      : api.call('PUT', path, anything, read.body));
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onDone();
  }

  return (
    <details className="map-outline">
      <summary>{t('map.outline')}</summary>
      <p className="dim">{t('map.outlineHint')}</p>
      <label>
        <span>{t('map.outlineFile')}</span>
        <input
          type="file"
          accept=".json,.geojson,application/geo+json"
          data-testid="outline-file"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void send(file);
          }}
        />
      </label>
      <button type="button" className="step-button" onClick={() => void send(undefined)}>
        {t('map.outlineAway')}
      </button>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem.code === 'answer-unreadable' ? problem.detail : problemText(problem)}
        </p>
      )}
    </details>
  );
}

function parsed(text: string): { ok: true; body: unknown } | { ok: false } {
  try {
    return { ok: true, body: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false };
  }
}

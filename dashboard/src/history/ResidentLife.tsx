import type { Resident } from '@carebell/contracts/registry.ts';
import { DayCard } from './DayCard.tsx';
import { DevicesCard } from './DevicesCard.tsx';
import { FortnightCard } from './FortnightCard.tsx';
import { HistoryBehind } from './HistoryBehind.tsx';
import { NightsCard } from './NightsCard.tsx';
import { useView, ViewSwitch } from './ViewSwitch.tsx';

/** How a resident lives, as far as the devices notice: the last day, two weeks, the nights; and how the devices are. */
export function ResidentLife({ resident }: { resident: Resident }) {
  const [view, setView] = useView();
  const { id } = resident;
  return (
    <div className="history">
      <div className="history-tools">
        <ViewSwitch view={view} onChange={setView} />
        <HistoryBehind />
      </div>
      <DayCard residentId={id} view={view} />
      <FortnightCard residentId={id} view={view} />
      <NightsCard residentId={id} view={view} />
      <DevicesCard of={{ residentId: id }} view={view} />
    </div>
  );
}

import type { Antenna, AntennaTally } from '../api/calibration';
import { trim } from '../units/quantity';

/** Every antenna with its flagged part and its SNR; the reference antenna is marked. */
export function AntennaGrid({
  antennas,
  term,
  chosen,
  onChoose,
}: {
  readonly antennas: readonly Antenna[];
  readonly term: string;
  readonly chosen: string | undefined;
  readonly onChoose: (antenna: string) => void;
}) {
  return (
    <ul className="antennas" aria-label="Antennas">
      {antennas.map((a) => {
        const tally: AntennaTally | undefined = term === '' ? a : a.terms[term];
        const flagged = tally?.flagged_fraction ?? null;
        return (
          <li key={a.name}>
            <button
              type="button"
              aria-pressed={a.name === chosen}
              data-state={flagged === null || flagged >= 1 ? 'none' : flagged > 0.3 ? 'poor' : 'good'}
              onClick={() => onChoose(a.name)}
            >
              <span className="antenna-name">
                {a.name}
                {a.is_refant && <span className="refant"> ref</span>}
              </span>
              <span className="antenna-bar" aria-hidden="true">
                <span style={{ width: `${100 * (flagged ?? 1)}%` }} />
              </span>
              <span className="antenna-facts">
                {flagged === null ? 'not solved' : `${trim(100 * flagged, 2)} % flagged`}
                <br />
                {tally?.snr === null || tally?.snr === undefined ? 'no SNR' : `SNR ${trim(tally.snr, 3)}`}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

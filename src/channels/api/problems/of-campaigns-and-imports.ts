import { type ProblemEntry, told } from './problem-entry.ts'

/** Asking again after a change, and taking over what another system kept. */
export const ofCampaignsAndImports: Readonly<Record<string, ProblemEntry>> = {
  'campaign-cool-off': told(422, 'The cool-off is no duration.', 'Write it like P6M.'),
  'campaign-needless': told(
    409,
    'Every answer to this purpose still counts.',
    'There is nobody to ask again.',
  ),
  'campaign-not-started': told(409, 'The campaign was never started.', 'Start it, or leave it.'),
  'campaign-over': told(409, 'The campaign has ended, or its window has closed.', 'Plan another one.'),
  'campaign-running': told(409, 'Another campaign about this purpose has not ended.', 'End that one first.'),
  'campaign-started': told(409, 'The campaign has been started before.', 'Look at how it stands.'),
  'campaign-too-early': told(409, 'The window of the campaign is not open yet.', 'Start it when it is.'),
  'campaign-unknown': told(404, 'There is no such campaign.', 'Use the id that creating it printed.'),
  'campaign-window': told(422, 'The campaign would close before it opens.', 'Choose a later end.'),
  'import-columns-missing': told(422, 'The file lacks columns that are needed.', 'Say which column is what.'),
  'import-mapping': told(422, 'The mapping is not acceptable.', 'Correct what the detail names.'),
  'import-source-missing': told(422, 'Nobody said whose consents these were.', 'Name the source.'),
  'import-taken-over': told(409, 'Another process is at this import.', 'Wait for it, then go on.'),
  'import-unreadable': told(422, 'The file could not be read as it was said to be.', 'Save it as UTF-8.'),
  'quarantine-exists': told(
    409,
    'The file for rows set aside holds those of another run.',
    'Name another, or resume that run.',
  ),
  'quarantine-missing': told(
    409,
    'The file with the rows set aside so far is gone.',
    'Put it back, or begin again.',
  ),
}

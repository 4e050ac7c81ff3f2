/**
 * The fields of a message/delivery-status part (RFC 3464) as rows: how a server tells what became of a message. They look
 * like header fields and are none, and Status is another thing in a mailbox: so they have a table of their own, and their
 * texts stand under `field.report.NAME`.
 */
import { byLowerName, type FieldRow, fieldRow, row } from './field-table.ts'

export const reportFieldRows: readonly FieldRow[] = [
  // of the whole report (RFC 3464 2.2)
  row(
    'Original-Envelope-Id',
    'original-envelope-id-field = "Original-Envelope-Id" ":" envelope-id',
    3464,
    '2.2.1',
    'reporting server',
    'once',
    'text',
  ),
  row(
    'Reporting-MTA',
    'reporting-mta-field = "Reporting-MTA" ":" mta-name-type ";" mta-name',
    3464,
    '2.2.2',
    'reporting server',
    'required',
    'typed',
  ),
  row(
    'DSN-Gateway',
    'dsn-gateway-field = "DSN-Gateway" ":" mta-name-type ";" mta-name',
    3464,
    '2.2.3',
    'reporting server',
    'once',
    'typed',
  ),
  row(
    'Received-From-MTA',
    'received-from-mta-field = "Received-From-MTA" ":" mta-name-type ";" mta-name',
    3464,
    '2.2.4',
    'reporting server',
    'once',
    'typed',
  ),
  row(
    'Arrival-Date',
    'arrival-date-field = "Arrival-Date" ":" date-time',
    3464,
    '2.2.5',
    'reporting server',
    'once',
    'date',
  ),
  // of each recipient (RFC 3464 2.3), a block of lines for each
  row(
    'Original-Recipient',
    'original-recipient-field = "Original-Recipient" ":" address-type ";" generic-address',
    3464,
    '2.3.1',
    'reporting server',
    'any',
    'typed',
  ),
  row(
    'Final-Recipient',
    'final-recipient-field = "Final-Recipient" ":" address-type ";" generic-address',
    3464,
    '2.3.2',
    'reporting server',
    'any',
    'typed',
  ),
  row('Action', 'action-field = "Action" ":" action-value', 3464, '2.3.3', 'reporting server', 'any', 'text'),
  row('Status', 'status-field = "Status" ":" status-code', 3464, '2.3.4', 'reporting server', 'any', 'text'),
  row(
    'Remote-MTA',
    'remote-mta-field = "Remote-MTA" ":" mta-name-type ";" mta-name',
    3464,
    '2.3.5',
    'reporting server',
    'any',
    'typed',
  ),
  row(
    'Diagnostic-Code',
    'diagnostic-code-field = "Diagnostic-Code" ":" diagnostic-type ";" *text',
    3464,
    '2.3.6',
    'reporting server',
    'any',
    'typed',
  ),
  row(
    'Last-Attempt-Date',
    'last-attempt-date-field = "Last-Attempt-Date" ":" date-time',
    3464,
    '2.3.7',
    'reporting server',
    'any',
    'date',
  ),
  row(
    'Final-Log-ID',
    'final-log-id-field = "Final-Log-ID" ":" *text',
    3464,
    '2.3.8',
    'reporting server',
    'any',
    'text',
  ),
  row(
    'Will-Retry-Until',
    'will-retry-until-field = "Will-Retry-Until" ":" date-time',
    3464,
    '2.3.9',
    'reporting server',
    'any',
    'date',
  ),
]

const ROWS = byLowerName(reportFieldRows)

export const reportFieldRow = (name: string): FieldRow => ROWS.get(name.toLowerCase()) ?? fieldRow(name)

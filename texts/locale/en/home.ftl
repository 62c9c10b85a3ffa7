# The parent's home and the way there.

menu-hint = I understand commands and buttons. Menu: /menu, ask an expert: /ask, consents and settings: /consent
refusal-child-bad-month = There can be no such date of birth. Please choose the year and month again.
refusal-child-future = That month has not come yet. Please choose the year and month again.
refusal-consent-child-data-needed = To add a child we need your consent to process the child's data: /consent
refusal-person-unknown = We have not met yet. Press /start
start-first = Let us meet first: /start

/** Links as they were once written, with what they said. None may ever be changed or taken away: people keep links. */
export const fixtureLinks = [
  {
    version: 1,
    schema: 1,
    what: 'one benchmark of twenty runs',
    link: '1.FwfDYu2aXQoDMQiEbyRbzZ_3v1hHS1G6PpYtZfMajNEJ7Pgt2bj_a9y_jPBvReAbWv8LWv0FU6-RCfYWM-0EvTTSFiuH_WgWamtxUJP54IS9YQ0GytpVkZgJsseE7LDV0ya1VI26zlgSsdJwDRUzPfTMTPhGfxuavPK067CYIlMjybgnw6LGSB2aQxSKCoENP6Om68oJM_3UOdIRy1zqXL81nvIx5CsuDRuT0B7FpCtFvZoqyu0rH_h2yC33dXL7-PAE',
    results: ['made.tflite · auto · auto · auto threads'],
    medians_ms: [13.549999999999955],
    ops: 0,
  },
];

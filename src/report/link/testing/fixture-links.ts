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
  {
    version: 1,
    schema: 1,
    what: 'a comparison of two rows and one that failed, with op times, threads, roofline and samples left out',
    link: '1.hxfp9e2cSXLbMBBFr5IDMCyiMd8k6wyrVCqLbHL8vG6I1AQadtnlyLYsl0QSQKPRmP9v8O4wd3eYewZq8NF29e_Oba3no2bt-fupT9obdVg7XNEqN_VGPmyv6qh2d0e7cEe7iL3BF9ZLrwP2fNIu7k4S35BPGu3r6_M-WpjPbvNrW6bPXArz_5VrWzsYM__4a-2P3cGJfdY150sgT0jY6mxLvMeGyBxnlunnPnMGyp240MU-isKK97jNzQAaYa7l-OSAHgTJJ9th3Q2zkI7CmldEqqsZtEVmx8psi1Vpyn4W2vARWtGF2Mzq6iRHNfEt67aajxQ9qGfv-ZqsXiNBieWpQkEPhV34jBmA0zCbFd_RG9XZzymtxrJC6Z2fM3oFS3MQQNkwsGBAw7I0sszewgHYNFaxR7COND7NownShbCaXb_ToXasJkoDPW5cwaMhD0qteqpqm06VFqg5HBVsqq06NQWq8rDopHpQgKbhps6OHmSrwilRSw3hq7rZdbKWCdDULHnjGvbHFTK-ws4uO9aGnQl7fsbZ8y3U8PMa4NrbTnuHBu_Q4HuBBs9FyqAdS1dsGYs9rby-lfui6-M17tu2L9YNu550aq9v6p0chn3PW_X17ez7Moedzw-a8o7cYe_zZxXYt_SO7GH3O-rct--O3GH_C50a7Fs79HMYdsBgNdi39I7MYQ8Mg_a8I3fYBcNZDfYtvSN72AfjYNSI_Zlk2Afjo6e_nRyGfTA-MP_tyBz2waM1-lbekdvpg8qV4hPxbNrmf6d7gDa6_FdY5Pph3a5XmskHVt1B2SAIIraCbOwlhBT0ygfXOCYpJRW7gCqCbteEotxU46lKZdVNdH6Cck1OajKnBfaWUFUms_iSycbIqQSLpaG8u4CFOhc-F6h9gtj3shFDeHTsLy2oLqz8LUPelNCorFBz0wZuxD-JoHrpr6cQXi_99WEItHsh3kshrMkWF3P0bOBjKTEmNyUH7blM1S0pF_bY1S84P6WpeOdBwialt10hIvv95D20aIECzyVNIJ1ZWVXHKOMciEJJjGeG3jDEwHVPhXGH0WiKKZTA8EcAyBqjTpBavTKty8KVuh9VyHLjT2sOS1VCVSLUOCON-BRrTISESEx4dIRYWYTBDOmOcciyjTUtkK5JGOKQ7TK5B2LBsuttRR7aJ1HkrS7OaFsJHvZeQfMEY4umkPc8drX4EKZca4TkhcdTzAqVy-Tx4gKvq4WhG2Y58YfWpCfzKYv9cCcFqZ7REw0KhV1Z5HMWeHTXzpqcHjfRyTTf3omTwyEGXsHw88-nb7zv6PcvzfULnnkHXyn1x2PWqEyX6g_VCgnq2hyjZp1a1N1hPTPRDmn4Fhlq5IKaOAPKLU4G6zYcyTIwMI8pd06tayHcBOqEB0Brz2SS9UAGNa9YGGCW3gOjNz57O4pBOOnbAQyYfcWy-PsH',
    results: ['made.tflite · auto · auto · auto threads', 'made.tflite · litert', 'model.tflite · litert'],
    medians_ms: [13.215000000000032, 13.215000000000032],
    ops: 24,
  },
  {
    version: 1,
    schema: 1,
    what: 'every part that a report may have: sweep, comparison, ops by parts and by kernels, turns, refusals and warnings',
    link: '1.leSSde1c22rcMBD9lX5AKtaSbdmPhdK3vu3bEkoetlAakkKbNvn7njNjSyNfkg2EJkvNho0vY1maGWk1Z460EebOGCdgNb-AhD5IU6F3iK1fn0sHe2K4JTjGQq-vHiBKRV0frwBiiW11sBWF3_76RHrUOSEaI9trQzbOnNQn56chWFMqn_gXHDlT986U1zccwXFT9Taq36uiVl8xMh7RE35_g_XeoclcYPYc2l-Z0-H_yrD-nhT2zxF-miO4fvZ2KIIvwzJ8XyWa4ZjFS_xCXZ3kjvfiwgjRjFIkADD8wwTcKfgHP57kirxrHGIc8ZZDBeSGDlF7vJNGiLMSAB-uZaVMUZb3dah6QbEW0UiCQog_5onnD5JeHrC9lFglqjLPHRN0M5Nn_3EP3ujPH8DWGKXNU8gIwKR2BSluEWRDQJRRkAjd1K6v85UdU5PB1V3nM87GyCkiIMI1hFy-b_oeBXuHfpoxFYHnGvNQz6Jq1_QxXwpB0bS3WrVReRhNFnHAleuZvDaDCRGWCE742L2XJxSKCsxTO8oslFS7YEHQ0FKqbY2qGDctmCY4IKZTqSgG8gZ8lbfG1ryiY-w2rz8bbsqjohesjweNxUTKu74zUtqoheo2nX3hGDdu6v5n6t6cfHPy_8fJDwHTgzHxgjXcWI6MVCBoWUo3wu87JqvlTzaTk2U_uRgsyL98J2Bykfg-mE2xIgQtNZmBQopkxjSRMeyyUmzulDdC-vxAVhQ3IcgJCgGdkUPVA25loTD0eEA8WQ64jYkcNAIHa_JpCvMmNlPiN93dfL_BJgozCLjAgbXt3ZCz0Q-WB8uvr2grQgkdvOXyBAz2UYmTkM21h7FmeMCEcUTkcQdHQZ_jl1aV7sevSsVwBDNRAl8qQQxSP17pcLB3YnU1F4JGqyNQFca0o6EOAemvUZdxWlepotRiSpdUAtzqIvY9yYMFcpT5k8d7kPo4Zy0WrXMWu_9zi4cAWyIRLDS5wAk5YzWMKJZPh9BTaHC4gf7mdh4R4Cp_T4uKWsCcpjDj7QH2Fc2iUO0eqmn2HDhO6nEYaGS4oRuJT-E08myEiZ32SEs2lBHKdVkIDRBan-YgWBKGGUS-LV2XrbxE31TTgvrn6bgek1jeRAqj-FAErRvCE2yZwgDn0BaNCRUKaDWg0gm1lt0G2J51bekmrAyQdAG2_wI',
    results: ['made.tflite · litert · wasm · 1 threads', 'made.tflite · litert · wasm · 2 threads', 'made.tflite · litert · wasm · 4 threads'],
    medians_ms: [13.549999999999955, 13.549999999999955],
    ops: 6,
  },
  {
    version: 1,
    schema: 1,
    what: 'all but how many runs a sample is: sweep, comparison, ops by parts and by kernels, turns, refusals and warnings',
    link: '1.565aQ-1c207cMBD9lX4AtTZ2EiePlaq-9W3fIh6otJWqIqjUUuDvOWcmsSc3WCQErIgWLblMHHtm7PWcOfZGmDthnODHDSLpt2fOwXoYXAmFsdDLi3uIUi2XhwtAVmJJHVpFvdf_vpEMdUr4xcDt2nCME6fwyflxeNWUuCf-BUfORL0TZfH1R3DcVL2N2PemGNVPjIwH9IT_v2C9T2gyl5M9h-Q3zuDwf2E4fk8K--cIP80IXD97P4TAl-EUfi4SqXDI2SU2oa5Fcoc7cWEEZEYpMt03bMME0ynUBz-eZIa8qxwiGvGWrgBOQ4coPd5JI8RZCQAL13JQpijL8uqKVjCrReyREBCijXma-Yskk3skL6VRiaHMM8WE2MxU2X_dgyX69w-QNMZk84Qxwi2p3YgCtwipIfzJmEeEbkrXlvnKjonI4Mqm8RlVY5wUEf7gGgIs31Zti4K9Qz_NCIqAcZV5qGVRpavamC-FoNjZe63aoDyMJouo38r1TFWbgYIIQgQVfOzey9MHRQXmqR1lFkoqXbCQZ6gpVddGVYySFkwTHPDRqVQUA3kDtcpbY21e0TBSm9efDTflUdEL1seDxmIi5V3bGClt1EJ1q8a-cIgSN3W_mro3J9-c_OM4eRcwPRjSLFixjcXHSPyBhKXkIvy-Y7I6-cmmrc56o_Ev3wmYTyRCDyZQfDdRSc1WIIU5ylZMMxX9Niqj3ZvyTkff70l74i4DOQMhqDKSpHrAvSoUZx4OCBjLAfcpkYNK8F7NLk1x3ERXSgSmm6vfV9glYYbxjoBebXvTJ2X0g_W_8oMr2opQQgMHOT8CZH1U4ijocu1hLAruQV8cEVrcwTfQzfilVaXH8atQMRzBTJTAl0oQZNSPV74b7J1oW9WZwM3qCFSFMe1gqC4gvzXoMk7rKlWUWkz5kMpwW12lvic7cAQWZYLk4Q6sPU5TR6vSOXHd317jIeCSyPQKDy5wDs7wDIOIJcwh2hSeG26gi7mdR9C3StDToqIWMOchzIh5wHVFsyhUu4dqmj0HjpN6HMYWGWHoRuJTOI08G3Bgpz3SsgllUHJNFkIDhLenSQaWhJEFwW5N12Urz9E31bTg9nk6rse8lTeRoxh9KILW9REJ9kRhTNPVo8aEAgXUGkPpHFrLrgNsz7rWdBNWBlC5INcP',
    results: ['made.tflite · litert · wasm · 1 threads', 'made.tflite · litert · wasm · 2 threads', 'made.tflite · litert · wasm · 4 threads'],
    medians_ms: [13.549999999999955, 13.549999999999955],
    ops: 6,
  },
];

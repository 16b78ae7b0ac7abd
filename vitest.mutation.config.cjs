// What Stryker runs against each change (stryker.config.json): the rules of the consent room, which need no database.
// Not its `testFiles`: with them Stryker 10 does not put changes to constants into effect and counts them as unnoticed.
module.exports = {
  test: {
    include: ['test/features/consent/*.test.ts', 'test/features/consent/{campaigns,merging}/*.test.ts'],
    exclude: ['test/**/*.pg.test.ts', 'test/features/consent/properties.test.ts'],
  },
}

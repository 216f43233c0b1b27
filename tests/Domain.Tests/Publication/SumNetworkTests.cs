using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>What the network finds on cycles is what elimination finds in the equations, whatever is hidden.</summary>
public sealed class SumNetworkTests
{
    private const int HoursOfDay = 3;

    [Fact]
    public void Hidden_values_follow_exactly_if_elimination_finds_them()
    {
        var (following, hidden) = (0, 0);
        Seeds.ForAll(
            random =>
            {
                var table = new Table(random);
                var hiddenNow = Enumerable.Range(0, table.Values.Count).Where(_ => random.Next(100) < 40).ToList();
                var space = new RowSpace(table.Unknowns);
                foreach (var shown in table.Values.Where((_, i) => !hiddenNow.Contains(i)))
                {
                    space.Add(shown);
                }

                var expected = hiddenNow.Where(i => space.Holds(table.Values[i])).ToList();
                Assert.Equal(expected, table.Network.Following(hiddenNow));
                following += expected.Count;
                hidden += hiddenNow.Count;
            },
            runs: 1_000);

        Assert.InRange(following, hidden / 20, hidden * 19 / 20);
    }

    /// <summary>Every value that a month of some cells has: its number in the network, and what it is as a sum over the hours of the cells.</summary>
    private sealed class Table
    {
        private readonly List<(string Cell, int Day, int Hour)> _unknowns;

        public Table(Random random)
        {
            var cells = Enumerable.Range(0, random.Next(1, 5)).Select(c => $"c{c}").ToArray();
            var days = random.Next(1, 4);
            _unknowns =
            [
                .. cells.SelectMany(c => Enumerable.Range(0, days * HoursOfDay).Select(h => (c, h / HoursOfDay, h))).Where(_ => random.Next(100) < 70),
            ];
            foreach (var cell in cells.Append(string.Empty).Where(c => Has(c, _ => true)))
            {
                Add(Network.AddMonth(cell), cell, _ => true);
                foreach (var day in Enumerable.Range(0, days).Where(d => Has(cell, u => u.Day == d)))
                {
                    Add(Network.AddDay(cell, day), cell, u => u.Day == day);
                    foreach (var hour in _unknowns.Where(u => u.Day == day && IsOf(cell, u.Cell)).Select(u => u.Hour).Distinct())
                    {
                        Add(Network.AddHour(cell, day, hour), cell, u => u.Hour == hour);
                    }
                }
            }
        }

        public SumNetwork Network { get; } = new();

        public List<long[]> Values { get; } = [];

        public int Unknowns => _unknowns.Count;

        private static bool IsOf(string cell, string id) => cell.Length == 0 || string.Equals(cell, id, StringComparison.Ordinal);

        private bool Has(string cell, Func<(string Cell, int Day, int Hour), bool> within) => _unknowns.Exists(u => IsOf(cell, u.Cell) && within(u));

        private void Add(int number, string cell, Func<(string Cell, int Day, int Hour), bool> within)
        {
            Assert.Equal(Values.Count, number);
            Values.Add([.. _unknowns.Select(u => IsOf(cell, u.Cell) && within(u) ? 1L : 0)]);
        }
    }
}

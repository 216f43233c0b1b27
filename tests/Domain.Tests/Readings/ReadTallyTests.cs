using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Readings;

namespace Domain.Tests.Readings;

public sealed class ReadTallyTests
{
    private static readonly ReadDecision Permit = new(DenialReason.None, new("ja", "yes"), "city 1", "info", "g", null);

    [Fact]
    public void Many_at_once_are_recorded_as_each_of_them_would_be()
    {
        var (each, once) = (new ReadTally(), new ReadTally());
        foreach (var (property, count) in new[] { ("a", 30), ("b", 250), ("c", 1) })
        {
            var names = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"g/s{i}/{property}")).Order(StringComparer.Ordinal).ToList();
            names.ForEach(n => each.Add("mitte", n, Resolution.Hour, Permit, rows: 0));
            once.Add("mitte", new AlikeDecision(Permit, names[0], [.. names.Take(ReadTally.StreamsMax)], count), Resolution.Hour);
        }

        var shown = Shown(each);
        Assert.Equal(shown, Shown(once));
        Assert.EndsWith(" +181", shown, StringComparison.Ordinal);
        Assert.True(once.IsEmpty);
    }

    private static string Shown(ReadTally tally)
    {
        var entry = Assert.Single(tally.Take("public", 0));
        Assert.Equal((LedgerEntryKind.Read, "mitte", "info", "g"), (entry.Kind, entry.District, entry.Purpose, entry.Grant));
        return string.Join(' ', entry.Streams);
    }
}

using Api.Tests.Fakes;
using Quartier.Api.Live;
using Quartier.Contracts.Districts;

namespace Api.Tests;

public sealed class LineRecordTests
{
    private static readonly ReadDecision Permit = new(DenialReason.None, new("ja", "yes"), "1", "information", "all", null);

    /// <summary>The line's timer knows only the minutes since it opened: a note that came late must not move the next.</summary>
    [Fact]
    public void A_late_note_does_not_put_off_the_next()
    {
        var (ledger, time) = (new FakeLedger(), new ManualTime(DateTimeOffset.UnixEpoch));
        var record = new LineRecord(ledger, time, "muenster", "public");
        foreach (var (milliseconds, notes) in new[] { (59_999, 0), (5_001, 1), (54_999, 1), (1, 2) })
        {
            record.Tally.Add("mitte", "g/s/p", Resolution.Raw, Permit, rows: 1);
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            Assert.True(record.TryNote());
            Assert.Equal(notes, ledger.Entries.Count);
        }
    }
}

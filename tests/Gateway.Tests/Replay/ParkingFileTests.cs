using System.Text;
using Quartier.Gateway.Replay;

namespace Gateway.Tests.Replay;

public sealed class ParkingFileTests
{
    private const string Header = "\"Datum und Uhrzeit\",\"PH Theater\",\"PP Hörsterplatz\"\r\n\"Anzahl Parkplätze gesamt\",\"(743)\",\"(202)\"\r\n";

    [Fact]
    public void Row_becomes_one_message_for_each_car_park()
    {
        var (messages, _) = Read(Header + "\"2026-07-01 00:15\",650,\"ges\"\r\n");

        Assert.Equal(["ph-theater", "pp-hoersterplatz"], messages.Select(message => message.Sensor));
        Assert.All(messages, message => Assert.Equal("parkleitsystem", message.Gateway));
        Assert.Equal("""{"t":"2026-07-01T00:15:00+02:00","free":650,"state":"open"}""", Encoding.UTF8.GetString(messages[0].Payload));
        Assert.Equal("""{"t":"2026-07-01T00:15:00+02:00","state":"closed"}""", Encoding.UTF8.GetString(messages[1].Payload));
        Assert.Equal([2, 1], messages.Select(message => message.Readings));
    }

    [Theory]
    [InlineData("\"ges\"", Trap.Closed, "\"state\":\"closed\"")]
    [InlineData("\"bes\"", Trap.Full, "\"state\":\"full\"")]
    [InlineData("\"kei\"", Trap.NoData, null)]
    [InlineData("", Trap.EmptyCell, null)]
    [InlineData("744", Trap.MoreFreeThanCapacity, "\"free\":744,\"state\":\"open\"")]
    [InlineData("\"zu\"", Trap.Unreadable, null)]
    [InlineData("-3", Trap.Unreadable, null)]
    [InlineData("12.5", Trap.Unreadable, null)]
    public void Cell_is_counted_and_only_what_it_says_is_sent(string cell, Trap trap, string? sent)
    {
        var (messages, traps) = Read(Header + $"\"2026-07-01 00:15\",{cell},\"kei\"\r\n");

        Assert.Equal(trap == Trap.NoData ? 2 : 1, traps[trap]);
        Assert.Equal(sent is null ? 0 : 1, messages.Count);
        Assert.All(messages, message => Assert.EndsWith(sent + "}", Encoding.UTF8.GetString(message.Payload), StringComparison.Ordinal));
    }

    [Fact]
    public void Exactly_the_capacity_is_no_trap()
    {
        var (_, traps) = Read(Header + "\"2026-07-01 00:15\",743,202\r\n");

        Assert.Equal(0, traps[Trap.MoreFreeThanCapacity]);
    }

    [Fact]
    public void Names_are_trimmed()
    {
        var (messages, traps) = Read("\"Datum und Uhrzeit\",\" PH Theater \"\n\"x\",\"(743)\"\n\"2026-07-01 00:15\",1\n");

        Assert.Equal("ph-theater", messages[0].Sensor);
        Assert.Equal(1, traps[Trap.UntrimmedName]);
    }

    [Fact]
    public void Row_cut_within_its_last_number_is_refused()
    {
        var (messages, traps) = Read(Header + "\"2026-07-01 00:15\",650,20");

        Assert.Empty(messages);
        Assert.Equal(1, traps[Trap.CutRow]);
    }

    [Fact]
    public void Row_cut_within_a_quote_is_refused()
    {
        var (messages, traps) = Read(Header + "\"2026-07-01 00:15\",650,\"ge\n");

        Assert.Empty(messages);
        Assert.Equal(1, traps[Trap.CutRow]);
    }

    [Fact]
    public void Capacity_that_changes_from_day_to_day_is_reported()
    {
        var traps = new TrapTally();
        var capacities = new Dictionary<string, int>(StringComparer.Ordinal);
        ParkingFile.Read(new StringReader(Header), "1.csv", traps, capacities);
        ParkingFile.Read(new StringReader(Header.Replace("743", "700", StringComparison.Ordinal)), "2.csv", traps, capacities);

        Assert.Equal("2.csv:2: ph-theater from 743 to 700", Assert.Single(traps.Examples(Trap.CapacityChanged)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\"Datum\",\"PH Theater\"\n", "row 2")]
    [InlineData("\"Datum\",\"PH Theater\"\n\"x\",\"(1)\",\"(2)\"\n", "row 2")]
    [InlineData("\"Datum\",\"PH Theater\"\n\"x\",\"viele\"\n", "no capacity")]
    public void File_with_other_first_rows_is_refused(string text, string because)
    {
        var refusal = Assert.Throws<SourceFormatException>(() => Read(text));

        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
    }

    private static (List<ReplayMessage> Messages, TrapTally Traps) Read(string text)
    {
        var traps = new TrapTally();
        return (ParkingFile.Read(new StringReader(text), "p.csv", traps, new Dictionary<string, int>(StringComparer.Ordinal)), traps);
    }
}

using System.Text;
using Quartier.Gateway.Replay;

namespace Gateway.Tests.Replay;

public sealed class BicycleFileTests
{
    private const string Header = "Datetime,1 (Bohlweg),2 (Bohlweg Fahrräder IN),3 (Bohlweg Fahrräder OUT),1-status,2-status,3-status\n";

    [Theory]
    [InlineData("2026-07-01 00:00,30,10,20,0,0,0", """{"t":"2026-07-01T00:00:00+02:00","total":30,"c2":10,"c3":20}""", 3)]
    [InlineData("2026-07-01 00:00,10,10,,0,0,", """{"t":"2026-07-01T00:00:00+02:00","total":10,"c2":10}""", 2)]
    [InlineData("2026-01-01 00:00,0,0,0,0,0,0", """{"t":"2026-01-01T00:00:00+01:00","total":0,"c2":0,"c3":0}""", 3)]
    public void Row_becomes_one_message_of_its_values(string row, string payload, int readings)
    {
        var (messages, _) = Read(Header + row + "\n");

        var message = Assert.Single(messages);
        Assert.Equal(payload, Encoding.UTF8.GetString(message.Payload));
        Assert.Equal(("bohlweg", "bohlweg", readings), (message.Gateway, message.Sensor, message.Readings));
    }

    [Theory]
    [InlineData("2026-07-01 00:00,,,,,,", Trap.EmptyCell, 3, 0)]
    [InlineData("2026-07-01 00:00,30,10,20,modified,0,0", Trap.ModifiedValue, 1, 3)]
    [InlineData("2026-07-01 00:00,30,10,20,0,9,0", Trap.UnknownStatus, 1, 3)]
    [InlineData("2026-07-01 00:00,31,10,20,0,0,0", Trap.SumMismatch, 1, 3)]
    [InlineData("2026-07-01 00:00,30,10,x,0,0,0", Trap.Unreadable, 1, 2)]
    [InlineData("2026-07-01 00:00,30,10,-1,0,0,0", Trap.Unreadable, 1, 2)]
    [InlineData("01.07.2026 00:00,30,10,20,0,0,0", Trap.Unreadable, 1, 0)]
    [InlineData("2026-07-01 00:00,30,10", Trap.CutRow, 1, 0)]
    [InlineData("2026-03-29 02:15,30,10,20,0,0,0", Trap.SkippedHour, 1, 0)]
    [InlineData("2026-10-25 02:15,30,10,20,0,0,0", Trap.RepeatedHour, 1, 3)]
    public void Trap_is_counted_and_only_what_is_sound_is_sent(string row, Trap trap, int times, int readings)
    {
        var (messages, traps) = Read(Header + row + "\n");

        Assert.Equal(times, traps[trap]);
        Assert.Equal(readings, messages.Sum(message => message.Readings));
    }

    [Fact]
    public void Unknown_status_is_reported_with_file_and_line()
    {
        var (_, traps) = Read(Header + "2026-07-01 00:00,30,10,20,0,0,0\n2026-07-01 00:15,30,10,20,0,broken,0\n");

        Assert.Equal("b.csv:3: 'broken' for channel 2", Assert.Single(traps.Examples(Trap.UnknownStatus)));
    }

    [Fact]
    public void Last_row_without_a_line_end_is_refused_because_a_number_may_be_cut()
    {
        var (messages, traps) = Read(Header + "2026-07-01 00:00,30,10,20,0,0,0\n2026-07-01 00:15,30,10,20,0,0,0");

        Assert.Single(messages);
        Assert.Equal(1, traps[Trap.CutRow]);
    }

    [Fact]
    public void Equal_row_is_dropped_and_a_contradicting_one_is_sent()
    {
        const string Row = "2026-07-01 00:00,30,10,20,0,0,0\n";
        var (messages, traps) = Read(Header + Row + Row + "2026-07-01 00:00,31,11,20,0,0,0\n");

        Assert.Equal(2, messages.Count);
        Assert.Equal((1, 1), (traps[Trap.RepeatedRow], traps[Trap.ContradictingRow]));
    }

    [Fact]
    public void Row_before_its_predecessor_is_counted()
    {
        var (messages, traps) = Read(Header + "2026-07-01 00:15,30,10,20,0,0,0\n2026-07-01 00:00,30,10,20,0,0,0\n");

        Assert.Equal(2, messages.Count);
        Assert.Equal(1, traps[Trap.UnorderedRow]);
    }

    [Fact]
    public void Repeated_hour_is_summer_time_first_and_winter_time_in_its_second_run()
    {
        var rows = string.Concat(new[] { "02:00", "02:30", "02:00", "02:30", "03:00" }.Select(time => $"2026-10-25 {time},30,10,20,0,0,0\n"));
        var (messages, traps) = Read(Header + rows);

        Assert.Equal(
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00"],
            messages.Select(message => Encoding.UTF8.GetString(message.Payload)[6..31]));
        Assert.Equal((4, 0, 0), (traps[Trap.RepeatedHour], traps[Trap.RepeatedRow], traps[Trap.UnorderedRow]));
    }

    [Fact]
    public void Same_row_twice_in_the_repeated_hour_is_a_repetition_and_not_the_second_run()
    {
        const string Row = "2026-10-25 02:00,30,10,20,0,0,0\n";
        var (messages, traps) = Read(Header + Row + Row);

        Assert.Single(messages);
        Assert.Equal(1, traps[Trap.RepeatedRow]);
    }

    [Fact]
    public void Cars_are_sent_on_their_own_and_are_no_part_of_the_sum()
    {
        const string WithCars = "Datetime,1 (Bohlweg),2 (Bohlweg Fahrräder),3 (Bohlweg Pkw IN),1-status,2-status,3-status\n";
        var (messages, traps) = Read(WithCars + "2026-07-01 00:00,10,10,99,0,0,0\n");

        Assert.Contains("\"c3\":99", Encoding.UTF8.GetString(messages[0].Payload), StringComparison.Ordinal);
        Assert.Equal((1, 0), (traps[Trap.CarChannel], traps[Trap.SumMismatch]));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Datetime,Bohlweg,1-status\n", "no channel")]
    [InlineData("Datetime,1 (A),2 (B),2-status,1-status\n", "status column")]
    [InlineData("Datetime,1 (A)\n", "status column")]
    public void File_with_another_header_is_refused(string text, string because)
    {
        var refusal = Assert.Throws<SourceFormatException>(() => Read(text));

        Assert.Contains("b.csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quoted_names_with_commas_are_one_cell()
    {
        const string Quoted = "Datetime,\"1 (Kanalpromenade, Abschnitt 5)\",1-status\n";
        var (messages, _) = Read(Quoted + "2026-07-01 00:00,4,0\n");

        Assert.Equal("kanalpromenade-abschnitt-5", messages[0].Sensor);
    }

    private static (List<ReplayMessage> Messages, TrapTally Traps) Read(string text)
    {
        var traps = new TrapTally();
        return (BicycleFile.Read(new StringReader(text), "b.csv", traps), traps);
    }
}

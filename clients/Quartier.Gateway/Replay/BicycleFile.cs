using System.Globalization;
using NodaTime;

namespace Quartier.Gateway.Replay;

/// <summary>
/// One counting station's month: <c>Datetime</c>, one column a channel, then one status column a channel. The first channel is the
/// sum of the others.
/// </summary>
internal sealed class BicycleFile
{
    private const string StatusEnding = "-status";
    private readonly string name;
    private readonly TrapTally tally;
    private readonly BicycleChannel[] channels;
    private readonly string id;

    private BicycleFile(string name, BicycleChannel[] channels, TrapTally tally)
    {
        this.name = name;
        this.channels = channels;
        this.tally = tally;
        id = Identifiers.FromName(channels[0].Name);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">Its name, for places.</param>
    /// <param name="tally">Takes what the import met.</param>
    /// <returns>Its messages in the order of the file.</returns>
    /// <exception cref="SourceFormatException">The header is not that of a counting station.</exception>
    public static List<ReplayMessage> Read(TextReader text, string name, TrapTally tally)
    {
        using var rows = CsvRows.Read(text, name).GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new SourceFormatException($"{name} is empty; a counting station's file starts with a header.");
        }

        var file = new BicycleFile(name, ReadHeader(rows.Current, tally), tally);
        return file.ReadRows(rows);
    }

    private static BicycleChannel[] ReadHeader(CsvRow row, TrapTally tally)
    {
        var values = row.Cells.Skip(1).TakeWhile(cell => !cell.EndsWith(StatusEnding, StringComparison.Ordinal)).ToArray();
        var channels = values.Select((cell, index) => BicycleChannel.TryParse(cell, index == 0)
            ?? throw new SourceFormatException($"{row.Place}: '{cell}' is no channel like '100031297 (Promenade)'.")).ToArray();
        var statuses = row.Cells.Skip(1 + channels.Length).ToArray();
        var expected = channels.Select(channel => channel.Number + StatusEnding);
        if (channels.Length == 0 || !statuses.Select(cell => cell.Trim()).SequenceEqual(expected, StringComparer.Ordinal))
        {
            throw new SourceFormatException($"{row.Place}: expected one status column for each channel, in the same order.");
        }

        foreach (var channel in channels.Where(channel => channel.CountsCars))
        {
            tally.Add(Trap.CarChannel, $"{row.Place}: {channel.Number} ({channel.Name})");
        }

        foreach (var cell in values.Where(cell => cell != cell.Trim()))
        {
            tally.Add(Trap.UntrimmedName, $"{row.Place}: '{cell}'");
        }

        return channels;
    }

    private List<ReplayMessage> ReadRows(IEnumerator<CsvRow> rows)
    {
        var times = new LocalTimes(tally);
        var order = new RowOrder(tally);
        var messages = new List<ReplayMessage>();
        while (rows.MoveNext())
        {
            var row = rows.Current;
            if (!row.IsWhole(1 + (2 * channels.Length)))
            {
                tally.Add(Trap.CutRow, row.Place);
            }
            else if (times.TryRead(row.Cells[0], row.Place, out var time) && order.Accept(time.ToInstant(), row.Cells, row.Place)
                && ReadRow(row, time) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private ReplayMessage? ReadRow(CsvRow row, OffsetDateTime time)
    {
        using var payload = new MessagePayload(time);
        long? total = null;
        long sum = 0;
        for (var index = 0; index < channels.Length; index++)
        {
            if (ReadCell(row, index) is not { } value)
            {
                continue;
            }

            payload.Add(channels[index].Property, value);
            total = index == 0 ? value : total;
            sum += index == 0 || channels[index].CountsCars ? 0 : value;
        }

        if (total is { } reported && channels.Length > 1 && reported != sum)
        {
            tally.Add(Trap.SumMismatch, string.Create(CultureInfo.InvariantCulture, $"{row.Place}: {reported} reported, {sum} counted"));
        }

        return payload.Readings == 0
            ? null
            : new ReplayMessage(time.ToInstant().ToUnixTimeMilliseconds(), id, id, payload.ToBytes(), payload.Readings);
    }

    private long? ReadCell(CsvRow row, int index)
    {
        var cell = row.Cells[1 + index].Trim();
        var status = row.Cells[1 + channels.Length + index].Trim();
        if (cell.Length == 0)
        {
            tally.Add(Trap.EmptyCell);
            return null;
        }

        if (!long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            tally.Add(Trap.Unreadable, $"{row.Place}: '{cell}' in column {index + 2} of {name} is no count");
            return null;
        }

        if (status == "modified")
        {
            tally.Add(Trap.ModifiedValue, row.Place);
        }
        else if (status is not ("0" or ""))
        {
            tally.Add(Trap.UnknownStatus, $"{row.Place}: '{status}' for channel {channels[index].Number}");
        }

        return value;
    }
}

using System.Globalization;
using NodaTime;

namespace Quartier.Gateway.Replay;

/// <summary>One day of the parking guidance system: row 1 names, row 2 capacities in parentheses, then a row every few minutes.</summary>
internal sealed class ParkingFile
{
    /// <summary>The gateway of all car parks.</summary>
    public const string Gateway = "parkleitsystem";

    private readonly TrapTally tally;
    private readonly (string Id, int Capacity)[] carParks;

    private ParkingFile((string Id, int Capacity)[] carParks, TrapTally tally)
    {
        this.carParks = carParks;
        this.tally = tally;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">Its name, for places.</param>
    /// <param name="tally">Takes what the import met.</param>
    /// <param name="capacities">Capacities by id that earlier files gave; this file's are added.</param>
    /// <returns>Its messages in the order of the file.</returns>
    /// <exception cref="SourceFormatException">The first two rows are not those of the guidance system.</exception>
    public static List<ReplayMessage> Read(TextReader text, string name, TrapTally tally, IDictionary<string, int> capacities)
    {
        using var rows = CsvRows.Read(text, name).GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new SourceFormatException($"{name} is empty; the guidance system's file starts with the names of car parks.");
        }

        var names = rows.Current;
        if (!rows.MoveNext() || rows.Current.Cells.Length != names.Cells.Length)
        {
            throw new SourceFormatException($"{name}: row 2 must give one capacity for each of the {names.Cells.Length - 1} names of row 1.");
        }

        var file = new ParkingFile(ReadHeader(names, rows.Current, tally), tally);
        file.CompareCapacities(capacities, rows.Current.Place);
        return file.ReadRows(rows);
    }

    private static (string Id, int Capacity)[] ReadHeader(CsvRow names, CsvRow capacities, TrapTally tally)
    {
        foreach (var cell in names.Cells.Where(cell => cell != cell.Trim()))
        {
            tally.Add(Trap.UntrimmedName, $"{names.Place}: '{cell}'");
        }

        return names.Cells.Skip(1).Zip(capacities.Cells.Skip(1), (name, cell) =>
        {
            var text = cell.Trim(' ', '(', ')');
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var capacity)
                ? (Identifiers.FromName(name.Trim()), capacity)
                : throw new SourceFormatException($"{capacities.Place}: '{cell}' is no capacity like '(743)' for {name.Trim()}.");
        }).ToArray();
    }

    private void CompareCapacities(IDictionary<string, int> capacities, string place)
    {
        foreach (var (id, capacity) in carParks)
        {
            if (capacities.TryGetValue(id, out var before) && before != capacity)
            {
                tally.Add(Trap.CapacityChanged, string.Create(CultureInfo.InvariantCulture, $"{place}: {id} from {before} to {capacity}"));
            }

            capacities[id] = capacity;
        }
    }

    private List<ReplayMessage> ReadRows(IEnumerator<CsvRow> rows)
    {
        var times = new LocalTimes(tally);
        var order = new RowOrder(tally);
        var messages = new List<ReplayMessage>();
        while (rows.MoveNext())
        {
            var row = rows.Current;
            if (!row.IsWhole(1 + carParks.Length))
            {
                tally.Add(Trap.CutRow, row.Place);
            }
            else if (times.TryRead(row.Cells[0], row.Place, out var time) && order.Accept(time.ToInstant(), row.Cells, row.Place))
            {
                AddRow(row, time, messages);
            }
        }

        return messages;
    }

    private void AddRow(CsvRow row, OffsetDateTime time, List<ReplayMessage> messages)
    {
        for (var index = 0; index < carParks.Length; index++)
        {
            using var payload = new MessagePayload(time);
            AddCell(row, index, payload);
            if (payload.Readings > 0)
            {
                var timeMs = time.ToInstant().ToUnixTimeMilliseconds();
                messages.Add(new ReplayMessage(timeMs, Gateway, carParks[index].Id, payload.ToBytes(), payload.Readings));
            }
        }
    }

    private void AddCell(CsvRow row, int index, MessagePayload payload)
    {
        var cell = row.Cells[1 + index].Trim();
        switch (cell)
        {
            case "ges":
                tally.Add(Trap.Closed);
                payload.Add("state", "closed");
                break;
            case "bes":
                tally.Add(Trap.Full);
                payload.Add("state", "full");
                break;
            case "kei":
                tally.Add(Trap.NoData);
                break;
            case "":
                tally.Add(Trap.EmptyCell);
                break;
            default:
                AddNumber(row, index, cell, payload);
                break;
        }
    }

    private void AddNumber(CsvRow row, int index, string cell, MessagePayload payload)
    {
        if (!long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var free))
        {
            tally.Add(Trap.Unreadable, string.Create(CultureInfo.InvariantCulture, $"{row.Place}: '{cell}' in column {index + 2} is no number"));
            return;
        }

        if (free > carParks[index].Capacity)
        {
            var (id, capacity) = carParks[index];
            tally.Add(Trap.MoreFreeThanCapacity, string.Create(CultureInfo.InvariantCulture, $"{row.Place}: {free} of {capacity} at {id}"));
        }

        payload.Add("free", free);
        payload.Add("state", "open");
    }
}

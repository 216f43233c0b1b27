using System.Text;

namespace Quartier.Gateway.Replay;

/// <summary>The city's files in a directory: <c>bicycle-counts/*-YYYY-MM.csv</c> and <c>parking/YYYY-MM-DD.csv</c>.</summary>
public sealed class CityFiles
{
    private CityFiles(IReadOnlyList<ReplayMessage> messages, TrapTally traps, int stations, int carParks)
    {
        Messages = messages;
        Traps = traps;
        Stations = stations;
        CarParks = carParks;
    }

    /// <summary>All messages; those of one gateway are in order of time.</summary>
    public IReadOnlyList<ReplayMessage> Messages { get; }

    /// <summary>What the import met.</summary>
    public TrapTally Traps { get; }

    /// <summary>Counting stations with at least one message.</summary>
    public int Stations { get; }

    /// <summary>Car parks with at least one message.</summary>
    public int CarParks { get; }

    /// <summary>Property values that the messages offer.</summary>
    public long Readings => Messages.Sum(message => (long)message.Readings);

    /// <summary>Reads a directory.</summary>
    /// <param name="directory">Holds <c>bicycle-counts</c>, <c>parking</c> or both.</param>
    /// <exception cref="SourceFormatException">A file is not what its place says, or there is none.</exception>
    public static CityFiles Read(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var traps = new TrapTally();
        var bicycles = Files(directory, "bicycle-counts").SelectMany(file => ReadFile(file, (text, name) => BicycleFile.Read(text, name, traps)));
        var capacities = new Dictionary<string, int>(StringComparer.Ordinal);
        var parking = Files(directory, "parking").SelectMany(file => ReadFile(file, (text, name) => ParkingFile.Read(text, name, traps, capacities)));
        var counted = bicycles.OrderBy(message => message.TimeMs).ToList();
        var parked = parking.OrderBy(message => message.TimeMs).ToList();
        if (counted.Count + parked.Count == 0)
        {
            throw new SourceFormatException(
                $"{Path.GetFullPath(directory)} has neither bicycle-counts/*.csv nor parking/*.csv with values. "
                + "Name a directory like deploy/sample-city/muenster.");
        }

        return new CityFiles([.. counted, .. parked], traps, CountSensors(counted), CountSensors(parked));
    }

    private static string[] Files(string directory, string folder)
    {
        var path = Path.Combine(directory, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        var files = Directory.GetFiles(path, "*.csv");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static List<ReplayMessage> ReadFile(string path, Func<TextReader, string, List<ReplayMessage>> read)
    {
        using var text = new StreamReader(path, Encoding.UTF8);
        return read(text, Path.GetFileName(path));
    }

    private static int CountSensors(List<ReplayMessage> messages) => messages.Select(message => message.Sensor).Distinct(StringComparer.Ordinal).Count();
}

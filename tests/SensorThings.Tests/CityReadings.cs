using Quartier.Contracts.Readings;

namespace SensorThings.Tests;

/// <summary>What the test city has measured.</summary>
internal static class CityReadings
{
    /// <summary>Readings of the counter at the harbour: a day of quarters.</summary>
    public const int Counts = 96;

    /// <summary>Readings of the counter in the middle, in whose district the sixth hour still fills.</summary>
    public const int MiddleCounts = 22;

    /// <summary>Readings of the air sensor: five hours and a half of ten minutes; the sixth hour still fills.</summary>
    public const int Airs = 33;

    /// <summary>What the noise meter measured: nobody but the operator may find it in an answer.</summary>
    public const double Secret = 73.125;

    public static async Task AddAsync(StaCity city)
    {
        await city.IngestAsync("luft-1", Enumerable.Range(0, Airs).SelectMany(i => (Sample[])[new(0, At(10, i), Temperature(i)), new(1, At(10, i), 90 - i)]));
        await city.IngestAsync("laerm-1", Enumerable.Range(0, Airs).Select(i => new Sample(0, At(10, i), i % 2 == 0 ? Secret : 50)));
        await city.IngestAsync("haus-1", new Sample(0, At(60, 0), 12.5));
        await city.IngestAsync("probe", new Sample(0, At(60, 0), 61.5));
        await city.IngestAsync("rad-1", Enumerable.Range(0, MiddleCounts).Select(i => new Sample(0, At(15, i), Count(i))));
        await city.IngestAsync("rad-2", Enumerable.Range(0, Counts).Select(i => new Sample(0, At(15, i), Count(i) + 100)));
        await city.IngestAsync("geheim-1", Enumerable.Range(0, 4).Select(i => new Sample(0, At(15, i), i + 1)));
    }

    public static double Count(int i) => i * 7 % 50;

    public static double Temperature(int i) => 15 + (i / 4.0);

    public static long At(int minutes, int i) => StaCity.StartMs + (minutes * StaCity.MinuteMs * i);
}

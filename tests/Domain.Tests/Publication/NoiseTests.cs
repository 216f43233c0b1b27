using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(0.5, 3)]
    [InlineData(9, 8)]
    public void Noise_has_mean_zero_and_the_stated_variance(double variance, int max)
    {
        var table = NoiseTable.Of(variance, max);

        Assert.Equal((2 * max) + 1, table.Probabilities.Length);
        Assert.Equal(1, table.Probabilities.Sum(), 9);
        Assert.Equal(0, table.Probabilities.Select((p, i) => p * (i - max)).Sum(), 9);
        Assert.Equal(variance, table.Probabilities.Select((p, i) => p * (i - max) * (i - max)).Sum(), 6);
    }

    [Fact]
    public void Noise_of_many_cells_follows_its_table()
    {
        const int cells = 200_000;
        var table = NoiseTable.Of(2, 5);
        var seen = new int[11];
        for (var i = 0; i < cells; i++)
        {
            seen[table.Draw(Months.Keys.Of("mitte", Resolution.Hour, i * Months.Hour)) + 5]++;
        }

        // Pearson's chi-squared with 10 degrees of freedom: 29.6 is exceeded by chance once in a thousand secrets, and this secret is fixed.
        var chiSquared = seen.Select((n, i) => Math.Pow(n - (cells * table.Probabilities[i]), 2) / (cells * table.Probabilities[i])).Sum();
        Assert.InRange(chiSquared, 0, 29.6);
    }

    [Fact]
    public void Noise_is_cut_where_a_greater_variance_is_impossible()
    {
        var table = NoiseTable.Of(100, 2);

        Assert.All(table.Probabilities, p => Assert.Equal(0.2, p, 6));
    }

    [Fact]
    public void Key_of_a_cell_depends_on_everything_that_names_it()
    {
        double[] keys =
        [
            Months.Keys.Of("mitte", Resolution.Hour, 0), Months.Keys.Of("west", Resolution.Hour, 0), Months.Keys.Of("mitte", Resolution.Day, 0),
            Months.Keys.Of("mitte", Resolution.Hour, 1), new CellKeys(Months.Secret, "other").Of("mitte", Resolution.Hour, 0),
            new CellKeys(new byte[16], "bicycles/total").Of("mitte", Resolution.Hour, 0),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, k => Assert.InRange(k, 0, 0.9999999999999999));
        Assert.Equal(keys[0], Months.Keys.Of("mitte", Resolution.Hour, 0));
    }

    [Fact]
    public void Secret_that_is_short_is_refused() =>
        Assert.Contains("15 bytes", Assert.Throws<ArgumentException>(() => new CellKeys(new byte[15], "s")).Message, StringComparison.Ordinal);
}

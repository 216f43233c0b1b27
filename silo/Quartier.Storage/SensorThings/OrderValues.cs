using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>The columns by which rows were ordered, as the database holds them.</summary>
internal static class OrderValues
{
    /// <summary>So many columns from the first one on.</summary>
    public static ImmutableArray<EntityValue> Read(in Rows row, int first, int count)
    {
        var values = ImmutableArray.CreateBuilder<EntityValue>(count);
        for (var column = first; column < first + count; column++)
        {
            values.Add(row.Value(column));
        }

        return values.MoveToImmutable();
    }
}

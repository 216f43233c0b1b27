using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>
/// The version with which an Observation's entity tag begins. Readings count no changes, and another value for the same time changes them too: so it is
/// made of what is shown of the Observation itself, and never of more.
/// </summary>
internal static class ObservationVersion
{
    public static long Of(ObservationRow row)
    {
        var own = JsonSerializer.SerializeToUtf8Bytes(new object?[]
        {
            row.StartMs, row.EndMs, BitConverter.DoubleToInt64Bits(row.Value), (int)row.Quality,
            row.Others.Select(o => o is { } value ? BitConverter.DoubleToInt64Bits(value) : (long?)null).ToArray(),
            row.Annotation is { } a ? new object?[] { a.ResultTimeMs, a.ValidFromMs, a.ValidToMs, a.ResultQuality, a.Parameters, a.Result } : null,
        });
        return (BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(own)) & long.MaxValue) | 1;
    }
}

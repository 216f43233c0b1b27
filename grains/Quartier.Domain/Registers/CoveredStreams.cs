using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>The registered datastreams that a stream entry covers in a district, on the terms that are in force.</summary>
/// <param name="Count">How many.</param>
/// <param name="RawDays">The longest that single readings are kept.</param>
/// <param name="Class">The strictest class.</param>
internal sealed record CoveredStreams(int Count, int RawDays, DataClass Class)
{
    public CoveredStreams With(CoveredStreams other) => new(
        Count + other.Count,
        Math.Max(RawDays, other.RawDays),
        (Class, other.Class) switch
        {
            (DataClass.Sensitive, _) or (_, DataClass.Sensitive) => DataClass.Sensitive,
            (DataClass.Internal, _) or (_, DataClass.Internal) => DataClass.Internal,
            _ => DataClass.Public,
        });
}

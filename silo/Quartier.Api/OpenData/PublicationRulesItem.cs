using Quartier.Api.Json;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>The parameters of publication, which are public: only the secret of the noise is not.</summary>
internal sealed record PublicationRulesItem(
    string Measure, string Geography, int MinimumUnits, double PerturbationVariance, int PerturbationMax, int RoundTo)
{
    public static PublicationRulesItem Of(PublishedStream stream) => new(
        Words<CellMeasure>.Of(stream.Measure),
        stream.Rules.GridMetres == 0 ? "districts" : FormattableString.Invariant($"EPSG:3035, {stream.Rules.GridMetres} m"),
        stream.Rules.MinimumUnits,
        stream.Rules.PerturbationVariance,
        stream.Rules.PerturbationMax,
        stream.Rules.RoundTo);
}

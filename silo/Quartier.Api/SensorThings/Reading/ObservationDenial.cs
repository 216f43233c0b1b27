using Quartier.Api.Http;
using Quartier.Api.Native.Districts;
using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>What is answered where a district lets nothing of Observations be seen.</summary>
internal static class ObservationDenial
{
    /// <summary>A collection of which nothing may be seen is denied as the native API denies it, whether or not it holds anything.</summary>
    public static ApiProblem? Of(ObservationPage page, ObservationAccess access, RequestLanguage language)
    {
        if (!page.Rows.IsEmpty || page.Sources.IsEmpty || page.Sources.Any(s => s.Withheld is null))
        {
            return null;
        }

        return Of(page.Sources[0].Source, access, language);
    }

    /// <summary>The denial of a stream of which nothing may be seen.</summary>
    public static ApiProblem Of(ObservationSource source, ObservationAccess access, RequestLanguage language)
    {
        var decided = access.Of(source);
        if (decided.Desk is not { } desk)
        {
            return Problems.Forbidden(decided.Sight.Withheld!);
        }

        var (stream, decision) = decided.Streams.First(s => !s.Decision.Permitted);
        return Denials.Problem(desk.Caller, desk.City.Id, stream, Resolution.Raw, decision, language.Of(decision.Explanation));
    }
}

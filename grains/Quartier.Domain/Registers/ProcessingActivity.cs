using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>One processing activity: one purpose.</summary>
/// <param name="Id">Id of the purpose, with the first district where a district says something else under the same id.</param>
/// <param name="Name">For people.</param>
/// <param name="Districts">Ids of the districts in which it holds.</param>
/// <param name="LegalBasis">The legal basis.</param>
/// <param name="Question">The question that is answered.</param>
/// <param name="Office">The responsible office and its contact.</param>
/// <param name="ReviewDay">ISO date on which the purpose is to be reviewed.</param>
/// <param name="ReviewPassed">Whether that day has passed.</param>
/// <param name="PersonsConcerned">Categories of persons concerned, in German.</param>
/// <param name="Data">Categories of data.</param>
/// <param name="Recipients">To whom data are disclosed.</param>
/// <param name="ThirdCountries">Transfers to third countries, in German.</param>
/// <param name="Erasure">Time limits for erasure.</param>
public sealed record ProcessingActivity(
    string Id,
    string Name,
    ImmutableArray<string> Districts,
    string LegalBasis,
    string Question,
    OfficeDefinition Office,
    string ReviewDay,
    bool ReviewPassed,
    ImmutableArray<string> PersonsConcerned,
    ImmutableArray<DataCategory> Data,
    ImmutableArray<DataRecipient> Recipients,
    ImmutableArray<string> ThirdCountries,
    ImmutableArray<ErasureLimit> Erasure);

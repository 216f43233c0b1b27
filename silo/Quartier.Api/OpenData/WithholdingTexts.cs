using Quartier.Api.Json;
using Quartier.Contracts.Registry;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>Why a cell is withheld, for people.</summary>
internal static class WithholdingTexts
{
    private static readonly Dictionary<Withholding, BilingualText> Texts = new()
    {
        [Withholding.TooFewUnits] = new(
            "Zu wenige Beteiligte in dieser Zelle oder in einer anderen Stunde desselben Tages: einzelne wären zu erkennen.",
            "Too few units contribute to this cell, or to another hour of the same day: individuals could be told."),
        [Withholding.Complement] = new(
            "Aus dieser Zelle ließe sich durch Abziehen eine zu kleine errechnen.",
            "By subtraction this cell would tell one that is too small."),
        [Withholding.CoarserWithheld] = new(
            "Der Tag, zu dem diese Stunde gehört, wird nicht gezeigt.",
            "The day of this hour is not shown."),
        [Withholding.PartlyShown] = new(
            "Nur ein Teil der Tage wird gezeigt; die Summe würde die übrigen verraten.",
            "Only some of the days are shown; their sum would tell the others."),
        [Withholding.ChangedSince] = new(
            "Nach der Veröffentlichung der Tage kamen Messwerte nach oder änderten sich die Sensoren; die Summe würde verraten, um wie viel.",
            "After its days were published readings came late or its sensors changed; the sum would tell by how much."),
        [Withholding.Open] = new(
            "Die Zeit ist noch nicht seit einem Tag vorbei; es können noch Messwerte kommen.",
            "Its time has not been over for a day; readings may still come."),
    };

    /// <summary>The texts of the reasons that an answer uses.</summary>
    public static Dictionary<string, BilingualText> Of(IEnumerable<PublishedCell> cells) => cells
        .Select(c => c.Withheld)
        .Where(w => w != Withholding.None)
        .Distinct()
        .ToDictionary(Words<Withholding>.Of, w => Texts[w], StringComparer.Ordinal);
}

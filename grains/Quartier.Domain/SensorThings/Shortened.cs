namespace Quartier.Domain.SensorThings;

/// <summary>Texts from outside, short enough for a message.</summary>
internal static class Shortened
{
    private const int MostCharacters = 40;

    /// <summary>The text, cut when it is long.</summary>
    public static string Text(string text) => text.Length <= MostCharacters ? text : $"{text[..(MostCharacters - 1)]}…";
}

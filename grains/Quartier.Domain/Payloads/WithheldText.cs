using System.Text;

namespace Quartier.Domain.Payloads;

/// <summary>Names that came from outside, on their way into sentences and books.</summary>
public static class WithheldText
{
    /// <summary>The text, or words about it where it is or holds what identifies someone.</summary>
    public static string Of(string text) => Identifiers.Find(Encoding.UTF8.GetBytes(text)) is { } what ? $"(withheld: {what})" : text;
}

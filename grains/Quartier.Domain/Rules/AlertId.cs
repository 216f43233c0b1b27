using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Quartier.Domain.Rules;

/// <summary>Identities of alerts: the same occurrence gets the same id however often it is computed.</summary>
public static class AlertId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 26;

    /// <summary>
    /// The first 130 bits of SHA-256 over rule id, 0, subject, 0 (UTF-8) and the start as 8 bytes, big end first, written in
    /// 26 lower-case base-32 characters (RFC 4648).
    /// </summary>
    /// <param name="ruleId">The rule's id.</param>
    /// <param name="subject"><c>sensor/{gateway}/{sensor}</c> or <c>asset/{id}</c>.</param>
    /// <param name="startMs">When the condition began, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public static string Of(string ruleId, string subject, long startMs)
    {
        var names = Encoding.UTF8.GetBytes($"{ruleId}\0{subject}\0");
        var input = new byte[names.Length + sizeof(long)];
        names.CopyTo(input, 0);
        BinaryPrimitives.WriteInt64BigEndian(input.AsSpan(names.Length), startMs);
        return string.Create(Length, SHA256.HashData(input), static (text, hash) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[FiveBits(hash, i * 5)];
            }
        });
    }

    private static int FiveBits(byte[] hash, int bit)
    {
        var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
        return (pair >> (11 - (bit % 8))) & 31;
    }
}

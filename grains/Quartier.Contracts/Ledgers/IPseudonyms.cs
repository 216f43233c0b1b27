namespace Quartier.Contracts.Ledgers;

/// <summary>
/// The port behind which persons' pseudonyms rest: <c>person#</c> and sixteen hexadecimal digits of an HMAC under a random key of that person.
/// </summary>
public interface IPseudonyms
{
    /// <summary>Who a pseudonym stands for, as <c>person:ID</c>; null when nobody, or when the person was forgotten. The inspection is recorded first.</summary>
    /// <param name="city">In whose ledger the inspection is recorded.</param>
    /// <param name="pseudonym"><c>person#…</c>.</param>
    /// <param name="by">Reference of the principal who asks.</param>
    /// <exception cref="Readings.StoreException">It could not be recorded, and so is not answered.</exception>
    ValueTask<string?> ResolveAsync(string city, string pseudonym, string by);

    /// <summary>Deletes a person's key: the entries stay, and nobody can tell any more whom they concern.</summary>
    /// <param name="person"><c>person:ID</c>.</param>
    ValueTask ForgetAsync(string person);
}

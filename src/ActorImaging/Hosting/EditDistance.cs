namespace ActorImaging.Hosting;

/// <summary>How many letters must be put in, taken out or changed to make one word of another (Levenshtein's distance).</summary>
internal static class EditDistance
{
    /// <summary>The distance between two words.</summary>
    public static int Between(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var (row, letter) in left.Index())
        {
            var current = new int[right.Length + 1];
            current[0] = row + 1;
            for (var column = 0; column < right.Length; column++)
            {
                var changed = previous[column] + (letter == right[column] ? 0 : 1);
                current[column + 1] = Math.Min(changed, 1 + Math.Min(previous[column + 1], current[column]));
            }

            previous = current;
        }

        return previous[^1];
    }
}

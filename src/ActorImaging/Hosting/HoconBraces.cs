namespace ActorImaging.Hosting;

/// <summary>
/// Looks for braces and quotes without a partner. Akka's parser lets them pass and ignores what follows, so that half a file would count
/// for nothing and nobody would know.
/// </summary>
internal static class HoconBraces
{
    /// <summary>What is wrong, or null.</summary>
    public static string? FindFault(string hocon)
    {
        var open = new Stack<int>();
        foreach (var (index, line) in hocon.Split('\n').Index())
        {
            var fault = Scan(line, index + 1, open);
            if (fault is not null)
            {
                return fault;
            }
        }

        return open.TryPop(out var opened) ? FormattableString.Invariant($"the {{ of line {opened} is not closed") : null;
    }

    private static string? Scan(string line, int number, Stack<int> open)
    {
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            if (isQuoted && line[at] == '\\')
            {
                at++; // whatever is escaped ends nothing
            }
            else if (line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && IsComment(line, at))
            {
                return null;
            }
            else if (!isQuoted && line[at] == '{')
            {
                open.Push(number);
            }
            else if (!isQuoted && line[at] == '}' && !open.TryPop(out _))
            {
                return FormattableString.Invariant($"the }} of line {number} closes nothing");
            }
        }

        return isQuoted ? FormattableString.Invariant($"a \" of line {number} has no partner") : null;
    }

    private static bool IsComment(string line, int at) =>
        line[at] == '#' || (line[at] == '/' && at + 1 < line.Length && line[at + 1] == '/');
}

namespace ActorImaging.Imaging;

/// <summary>Files and folders that are gone with the process. The system names the folder they go to without having looked whether it is there.</summary>
internal static class TemporaryFiles
{
    private static string Variable => OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    /// <summary>Makes something in the folder for temporary files.</summary>
    /// <param name="make">Makes it in the folder that it is given.</param>
    /// <exception cref="TemporaryFolderException">It can't be made there.</exception>
    public static T Make<T>(Func<string, T> make)
    {
        var folder = Path.GetTempPath();
        try
        {
            return make(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(folder) ? fault.Message : "there is no such folder";
            throw new TemporaryFolderException($"temporary files: expected a folder that can be written to, but '{folder}' can't be: {reason} ({Variable} names another)", fault);
        }
    }

    /// <summary>Makes a folder there that nobody else can look into.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <exception cref="TemporaryFolderException">It can't be made.</exception>
    public static DirectoryInfo MakeFolder(string prefix) => Make(_ => Directory.CreateTempSubdirectory(prefix));
}

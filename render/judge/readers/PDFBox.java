import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Prints the text of PDF files as PDFBox reads it: a JSON object, file to list of pages. */
class PDFBox {
    public static void main(String[] args) throws Exception {
        List<String> files = new ArrayList<>();
        for (String name : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            try (PDDocument document = Loader.loadPDF(new File(name))) {
                List<String> pages = new ArrayList<>();
                for (int page = 1; page <= document.getNumberOfPages(); page++) {
                    PDFTextStripper stripper = new PDFTextStripper();
                    stripper.setStartPage(page);
                    stripper.setEndPage(page);
                    pages.add(quoted(stripper.getText(document)));
                }
                files.add(quoted(name) + ":[" + String.join(",", pages) + "]");
            }
        }
        System.out.write(("{" + String.join(",", files) + "}").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String quoted(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            b.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return b.append('"').toString();
    }
}

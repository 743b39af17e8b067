import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.TextPosition;

/**
 * Prints what the structure tree of PDF files holds, in its order: a JSON object, file to a list
 * of two texts, that of the document without its notes and that of the notes. An element's replacement text (ActualText) stands for what is in it; other content
 * is taken code by code, and nothing is added to it but line ends around blocks.
 */
class Tree {
    private static final Set<String> INLINE = Set.of("Span", "Link", "Code", "Reference", "Quote");

    public static void main(String[] args) throws Exception {
        List<String> files = new ArrayList<>();
        for (String name : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            try (PDDocument document = Loader.loadPDF(new File(name))) {
                Map<PDPage, Map<Integer, String>> contents = new HashMap<>();
                for (PDPage page : document.getPages()) {
                    contents.put(page, contents(page));
                }
                StringBuilder text = new StringBuilder();
                StringBuilder notes = new StringBuilder();
                walk(document.getDocumentCatalog().getStructureTreeRoot(), null, contents, text, notes);
                files.add(quoted(name) + ":[" + quoted(text.toString()) + "," + quoted(notes.toString()) + "]");
            }
        }
        System.out.write(("{" + String.join(",", files) + "}").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    /** The text of a page's marked-content sequences, by number. */
    private static Map<Integer, String> contents(PDPage page) throws Exception {
        PDFMarkedContentExtractor extractor = new PDFMarkedContentExtractor();
        extractor.processPage(page);
        Map<Integer, String> texts = new HashMap<>();
        for (PDMarkedContent content : extractor.getMarkedContents()) {
            StringBuilder text = new StringBuilder();
            for (Object part : content.getContents()) {
                if (part instanceof TextPosition) {
                    text.append(((TextPosition) part).getUnicode());
                }
            }
            texts.put(content.getMCID(), text.toString());
        }
        return texts;
    }

    private static void walk(
            PDStructureNode node, PDPage page, Map<PDPage, Map<Integer, String>> contents, StringBuilder text, StringBuilder notes) {
        String type = node instanceof PDStructureElement ? ((PDStructureElement) node).getStructureType() : "";
        String actual = node instanceof PDStructureElement ? ((PDStructureElement) node).getActualText() : null;
        String edge = INLINE.contains(type) ? "" : "\n";
        StringBuilder out = type.equals("Note") ? notes : text;
        out.append(edge);
        if (actual != null) {
            out.append(actual);
        } else {
            for (Object kid : node.getKids()) {
                if (kid instanceof PDStructureElement) {
                    PDStructureElement element = (PDStructureElement) kid;
                    walk(element, element.getPage(), contents, out, notes);
                } else if (kid instanceof Integer) {
                    out.append(contents.get(page).getOrDefault((Integer) kid, ""));
                } else if (kid instanceof PDMarkedContentReference) {
                    PDMarkedContentReference reference = (PDMarkedContentReference) kid;
                    out.append(contents.get(reference.getPage()).getOrDefault(reference.getMCID(), ""));
                }
            }
        }
        out.append(edge);
    }

    private static String quoted(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            b.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return b.append('"').toString();
    }
}
